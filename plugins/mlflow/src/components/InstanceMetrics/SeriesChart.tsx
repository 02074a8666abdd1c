import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Flex, Text } from '@backstage/ui';
import { MetricSeries } from 'backstage-plugin-mlflow-common';
import { mlflowHealthTranslationRef } from '../../healthTranslation';
import { useLanguage } from '../RelativeTime';
import { formatValue, linePath, summaryOf } from './chart';

const WIDTH = 320;
const HEIGHT = 80;

/** One value over the last hour; who does not see the line is told its ends. */
export const SeriesChart = ({ series }: { series: MetricSeries }) => {
  const { name, unit, points } = series;
  const { t } = useTranslationRef(mlflowHealthTranslationRef);
  const language = useLanguage();
  const title = t(`metrics.${name}`);
  const summary = summaryOf(points);
  const say = (value: number) => {
    const words = formatValue(value, unit, language);
    return unit === 'perSecond'
      ? t('metrics.perSecond', { value: words })
      : words;
  };
  return (
    <Flex direction="column" gap="1" style={{ flex: '1 1 16rem' }}>
      <Flex justify="between" align="baseline" gap="2">
        <Text as="h3" variant="body-medium" weight="bold">
          {title}
        </Text>
        {summary && (
          <Text variant="body-medium">
            {t('metrics.now', { value: say(summary.last) })}
          </Text>
        )}
      </Flex>
      {summary ? (
        <svg
          role="img"
          aria-label={t('metrics.summary', {
            title,
            last: say(summary.last),
            min: say(summary.min),
            max: say(summary.max),
          })}
          viewBox={`0 -2 ${WIDTH} ${HEIGHT + 4}`}
          preserveAspectRatio="none"
          style={{ width: '100%', height: HEIGHT }}
        >
          <line
            x1="0"
            x2={WIDTH}
            y1={HEIGHT}
            y2={HEIGHT}
            stroke="var(--bui-border-2)"
          />
          <path
            d={linePath(points, WIDTH, HEIGHT)}
            fill="none"
            stroke="var(--bui-fg-announcement)"
            strokeWidth="2"
            vectorEffect="non-scaling-stroke"
          />
        </svg>
      ) : (
        <Text variant="body-small">{t('metrics.noPoints')}</Text>
      )}
    </Flex>
  );
};

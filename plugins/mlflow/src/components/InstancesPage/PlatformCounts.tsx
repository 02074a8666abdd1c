import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Card, CardBody, Flex, Text } from '@backstage/ui';
import { InstanceSummary } from 'backstage-plugin-mlflow-common';
import { mlflowHealthTranslationRef } from '../../healthTranslation';
import { mlflowTranslationRef } from '../../translation';
import { Mark } from '../Mark';
import { useLanguage } from '../RelativeTime';
import { countByPlatform } from './instanceRows';

/** How many instances each platform has, and how many need somebody. */
export const PlatformCounts = (props: { rows: InstanceSummary[] }) => {
  const { t } = useTranslationRef(mlflowHealthTranslationRef);
  const { t: tCard } = useTranslationRef(mlflowTranslationRef);
  const language = useLanguage();
  return (
    <ul
      aria-label={t('list.byPlatform')}
      style={{
        display: 'flex',
        flexWrap: 'wrap',
        gap: 'var(--bui-space-3)',
        listStyle: 'none',
        margin: 0,
        padding: 0,
      }}
    >
      {countByPlatform(props.rows).map(count => (
        <li key={count.platform}>
          <Card>
            <CardBody>
              <Flex direction="column" gap="1">
                <Text variant="body-medium" weight="bold">
                  {count.platform}
                </Text>
                <Text variant="body-small">
                  {t('list.total', { count: count.total })}
                </Text>
                <Text variant="body-small">
                  <Mark tone={count.attention > 0 ? 'warning' : 'good'}>
                    {t('list.attentionCount', { count: count.attention })}
                  </Mark>
                </Text>
                {count.silentSince && (
                  <Text variant="body-small" role="status">
                    <Mark tone="warning">
                      {tCard('card.stale', {
                        time: new Date(count.silentSince).toLocaleTimeString(
                          language,
                        ),
                      })}
                    </Mark>
                  </Text>
                )}
              </Flex>
            </CardBody>
          </Card>
        </li>
      ))}
    </ul>
  );
};

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Card, CardBody, Flex, Text } from '@backstage/ui';
import { InstanceSummary } from 'backstage-plugin-mlflow-common';
import { mlflowHealthTranslationRef } from '../../healthTranslation';
import { Mark } from '../Mark';
import { countByPlatform } from './instanceRows';

/** How many instances each platform has, and how many need somebody. */
export const PlatformCounts = (props: { rows: InstanceSummary[] }) => {
  const { t } = useTranslationRef(mlflowHealthTranslationRef);
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
      {countByPlatform(props.rows).map(({ platform, total, attention }) => (
        <li key={platform}>
          <Card>
            <CardBody>
              <Flex direction="column" gap="1">
                <Text variant="body-medium" weight="bold">
                  {platform}
                </Text>
                <Text variant="body-small">
                  {t('list.total', { count: total })}
                </Text>
                <Text variant="body-small">
                  <Mark tone={attention > 0 ? 'warning' : 'good'}>
                    {t('list.attentionCount', { count: attention })}
                  </Mark>
                </Text>
              </Flex>
            </CardBody>
          </Card>
        </li>
      ))}
    </ul>
  );
};

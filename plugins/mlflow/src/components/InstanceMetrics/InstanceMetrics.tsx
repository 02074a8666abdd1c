import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Flex } from '@backstage/ui';
import { useCallback } from 'react';
import { mlflowApiRef } from '../../api';
import { mlflowHealthTranslationRef } from '../../healthTranslation';
import { Remote, useRemote } from '../Remote';
import { SeriesChart } from './SeriesChart';

const INTERVAL = 30_000;

/** Requests, errors and latency of the last hour, as far as they are known. */
export const InstanceMetrics = (props: { entityRef: string }) => {
  const { entityRef } = props;
  const api = useApi(mlflowApiRef);
  const { t } = useTranslationRef(mlflowHealthTranslationRef);
  const ask = useCallback(() => api.getMetrics(entityRef), [api, entityRef]);
  const { view, refresh } = useRemote(ask, { every: INTERVAL });
  return (
    <Remote view={view} retry={refresh}>
      {({ state, message, series }) =>
        state === 'shown' ? (
          <Flex gap="6" style={{ flexWrap: 'wrap' }}>
            {series.map(one => (
              <SeriesChart key={one.name} series={one} />
            ))}
          </Flex>
        ) : (
          <Alert
            role="status"
            status={state === 'unanswered' ? 'warning' : 'info'}
            icon
            title={t(`metrics.${state}`)}
            description={message}
          />
        )
      }
    </Remote>
  );
};

import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { EventView } from 'backstage-plugin-mlflow-common';
import { useCallback } from 'react';
import { mlflowApiRef } from '../../api';
import { mlflowHealthTranslationRef } from '../../healthTranslation';
import { DataTable } from '../DataTable';
import { Mark } from '../Mark';
import { RelativeTime } from '../RelativeTime';
import { Remote, useRemote } from '../Remote';

const INTERVAL = 10_000;

const keyOf = ({ object, reason, message }: EventView) =>
  JSON.stringify([object, reason, message]);

/** What Kubernetes says of an instance, newest first. */
export const InstanceEvents = (props: { entityRef: string }) => {
  const { entityRef } = props;
  const api = useApi(mlflowApiRef);
  const { t } = useTranslationRef(mlflowHealthTranslationRef);
  const ask = useCallback(() => api.getEvents(entityRef), [api, entityRef]);
  const { view, refresh } = useRemote(ask, { every: INTERVAL });
  return (
    <Remote
      view={view}
      retry={refresh}
      empty={({ length }) => (length === 0 ? t('events.empty') : undefined)}
    >
      {events => (
        <DataTable
          label={t('events.title')}
          rows={events}
          keyOf={keyOf}
          columns={[
            {
              label: t('events.reason'),
              cell: ({ type, reason }) => (
                <Mark tone={type === 'Warning' ? 'warning' : 'good'}>
                  {reason}
                </Mark>
              ),
            },
            {
              label: t('events.object'),
              long: true,
              cell: ({ object }) => object,
            },
            {
              label: t('events.message'),
              long: true,
              cell: ({ message }) => message,
            },
            {
              label: t('events.at'),
              cell: ({ at }) => <RelativeTime time={at} />,
            },
            { label: t('events.count'), cell: ({ count }) => count },
          ]}
        />
      )}
    </Remote>
  );
};

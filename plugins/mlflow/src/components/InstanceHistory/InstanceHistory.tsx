import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { useCallback } from 'react';
import { mlflowApiRef } from '../../api';
import { mlflowHealthTranslationRef } from '../../healthTranslation';
import { DataTable } from '../DataTable';
import { RelativeTime } from '../RelativeTime';
import { Remote, useRemote } from '../Remote';

/** The revisions of the Helm release, newest first. */
export const InstanceHistory = (props: { entityRef: string }) => {
  const { entityRef } = props;
  const api = useApi(mlflowApiRef);
  const { t } = useTranslationRef(mlflowHealthTranslationRef);
  const ask = useCallback(() => api.getHistory(entityRef), [api, entityRef]);
  const { view, refresh } = useRemote(ask);
  return (
    <Remote
      view={view}
      retry={refresh}
      empty={({ length }) => (length === 0 ? t('history.empty') : undefined)}
    >
      {revisions => (
        <DataTable
          label={t('history.title')}
          rows={revisions}
          keyOf={({ revision }) => String(revision)}
          columns={[
            { label: t('history.revision'), cell: ({ revision }) => revision },
            { label: t('history.status'), cell: ({ status }) => status },
            { label: t('history.chart'), cell: ({ chart }) => chart },
            {
              label: t('history.appVersion'),
              cell: ({ appVersion }) => appVersion ?? '–',
            },
            {
              label: t('history.at'),
              cell: ({ at }) => <RelativeTime time={at} />,
            },
            {
              label: t('history.description'),
              long: true,
              cell: ({ description }) => description,
            },
          ]}
        />
      )}
    </Remote>
  );
};

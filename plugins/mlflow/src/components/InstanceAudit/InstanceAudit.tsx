import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { AuditEntry, AuditLog } from 'backstage-plugin-mlflow-common';
import { useCallback } from 'react';
import { mlflowApiRef } from '../../api';
import { mlflowHealthTranslationRef } from '../../healthTranslation';
import { DataTable } from '../DataTable';
import { Mark } from '../Mark';
import { RelativeTime } from '../RelativeTime';
import { Remote, useRemote } from '../Remote';

const INTERVAL = 30_000;

const keyOf = ({ at, event, user, detail }: AuditEntry) =>
  JSON.stringify([at, event, user, detail]);

/** Two lines that say the same at the same moment are one to the reader. */
const distinct = (entries: AuditEntry[]) => [
  ...new Map(entries.map(entry => [keyOf(entry), entry])).values(),
];

/** Who logged in and who was refused, newest first. */
export const InstanceAudit = (props: { entityRef: string }) => {
  const { entityRef } = props;
  const api = useApi(mlflowApiRef);
  const { t } = useTranslationRef(mlflowHealthTranslationRef);
  const ask = useCallback(() => api.getAudit(entityRef), [api, entityRef]);
  const { view, refresh } = useRemote(ask, { every: INTERVAL });
  const emptyOf = ({ supported, entries }: AuditLog) => {
    if (!supported) {
      return t('audit.unsupported');
    }
    return entries.length === 0 ? t('audit.empty') : undefined;
  };
  return (
    <Remote view={view} retry={refresh} empty={emptyOf}>
      {({ entries }) => (
        <DataTable
          label={t('audit.title')}
          rows={distinct(entries)}
          keyOf={keyOf}
          columns={[
            {
              label: t('audit.at'),
              cell: ({ at }) => <RelativeTime time={at} />,
            },
            { label: t('audit.event'), long: true, cell: ({ event }) => event },
            {
              label: t('audit.outcome'),
              cell: ({ denied }) => (
                <Mark tone={denied ? 'bad' : 'good'}>
                  {t(denied ? 'audit.denied' : 'audit.allowed')}
                </Mark>
              ),
            },
            {
              label: t('audit.user'),
              long: true,
              cell: ({ user }) => user ?? '–',
            },
            {
              label: t('audit.detail'),
              long: true,
              cell: ({ detail }) => detail,
            },
          ]}
        />
      )}
    </Remote>
  );
};

import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Flex, Text } from '@backstage/ui';
import { InstanceStatus, Workload } from 'backstage-plugin-mlflow-common';
import { ReactNode, useCallback } from 'react';
import { mlflowApiRef } from '../../api';
import { mlflowHealthTranslationRef } from '../../healthTranslation';
import { Remote, useRemote } from '../Remote';
import { ContainerTable, JobTable, PodTable } from './tables';

/** How often to look where no message tells that something changed. */
const INTERVAL = 10_000;

const Part = (props: { title: string; children: ReactNode }) => (
  <Flex direction="column" gap="2">
    <Text as="h3" variant="title-x-small">
      {props.title}
    </Text>
    {props.children}
  </Flex>
);

const Migration = ({ migration }: Pick<Workload, 'migration'>) => {
  const { t } = useTranslationRef(mlflowHealthTranslationRef);
  return (
    <>
      <Text variant="body-medium">
        {t(migration.by === 'job' ? 'workload.byJob' : 'workload.byServer')}
      </Text>
      {Object.entries(migration.revisions ?? {}).map(([database, revision]) => (
        <Text key={database} variant="body-medium">
          {t('workload.revision', { database, revision })}
        </Text>
      ))}
    </>
  );
};

const isEmpty = ({ pods, jobs }: Workload) =>
  pods.length === 0 && jobs.length === 0;

/** Pods, containers and Jobs of an instance, as they are at this moment. */
export const InstanceWorkload = (props: {
  entityRef: string;
  /** Looks anew with each new one. */
  status: InstanceStatus;
}) => {
  const { entityRef, status } = props;
  const api = useApi(mlflowApiRef);
  const { t } = useTranslationRef(mlflowHealthTranslationRef);
  const ask = useCallback(() => api.getWorkload(entityRef), [api, entityRef]);
  const { view, refresh } = useRemote(ask, {
    every: INTERVAL,
    revision: status,
  });
  return (
    <Remote
      view={view}
      retry={refresh}
      empty={value => (isEmpty(value) ? t('workload.empty') : undefined)}
    >
      {({ pods, jobs, migration }) => (
        <Flex direction="column" gap="4">
          {pods.length > 0 && (
            <>
              <Part title={t('workload.pods')}>
                <PodTable pods={pods} />
              </Part>
              <Part title={t('workload.containers')}>
                <ContainerTable pods={pods} />
              </Part>
            </>
          )}
          {jobs.length > 0 && (
            <Part title={t('workload.jobs')}>
              <JobTable jobs={jobs} />
            </Part>
          )}
          <Part title={t('workload.migration')}>
            <Migration migration={migration} />
          </Part>
        </Flex>
      )}
    </Remote>
  );
};

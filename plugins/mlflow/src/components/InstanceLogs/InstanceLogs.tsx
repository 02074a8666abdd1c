import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Flex, Select, Switch } from '@backstage/ui';
import { InstanceStatus, PodView } from 'backstage-plugin-mlflow-common';
import { useCallback, useState } from 'react';
import { mlflowApiRef } from '../../api';
import { mlflowHealthTranslationRef } from '../../healthTranslation';
import { Remote, useRemote } from '../Remote';
import { Log } from './Log';
import { logChoice, Picked } from './logChoice';

const Logs = (props: { entityRef: string; pods: PodView[] }) => {
  const { entityRef, pods } = props;
  const { t } = useTranslationRef(mlflowHealthTranslationRef);
  const [picked, setPicked] = useState<Picked>({});
  const choice = logChoice(pods, picked);
  if (!choice) {
    return null;
  }
  const containers =
    pods.find(({ name }) => name === choice.pod)?.containers ?? [];
  const restarted = containers.some(
    ({ name, restarts }) => name === choice.container && restarts > 0,
  );
  const pick = (change: Picked) => setPicked({ ...choice, ...change });
  return (
    <Flex direction="column" gap="3">
      <Flex align="end" gap="3" style={{ flexWrap: 'wrap' }}>
        <Select
          label={t('logs.pod')}
          options={pods.map(({ name, job }) => ({
            id: name,
            label: job ? `${name} ${t('workload.ofJob', { job })}` : name,
          }))}
          value={choice.pod}
          onChange={key => pick({ pod: String(key) })}
        />
        {containers.length > 1 && (
          <Select
            label={t('logs.container')}
            options={containers.map(({ name }) => ({
              id: name,
              label: name,
            }))}
            value={choice.container ?? null}
            onChange={key => pick({ container: String(key) })}
          />
        )}
        {restarted && (
          <Switch
            label={t('logs.previous')}
            isSelected={choice.previous}
            onChange={previous => pick({ previous })}
          />
        )}
      </Flex>
      <Log key={JSON.stringify(choice)} entityRef={entityRef} choice={choice} />
    </Flex>
  );
};

/** The logs of the server and of its Jobs. */
export const InstanceLogs = (props: {
  entityRef: string;
  /** Looks for other pods with each new one. */
  status: InstanceStatus;
}) => {
  const { entityRef, status } = props;
  const api = useApi(mlflowApiRef);
  const { t } = useTranslationRef(mlflowHealthTranslationRef);
  const ask = useCallback(() => api.getWorkload(entityRef), [api, entityRef]);
  const { view, refresh } = useRemote(ask, { revision: status });
  return (
    <Remote
      view={view}
      retry={refresh}
      empty={({ pods }) => (pods.length === 0 ? t('logs.empty') : undefined)}
    >
      {({ pods }) => <Logs entityRef={entityRef} pods={pods} />}
    </Remote>
  );
};

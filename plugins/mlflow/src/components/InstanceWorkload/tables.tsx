import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { JobView, PodView } from 'backstage-plugin-mlflow-common';
import { mlflowHealthTranslationRef } from '../../healthTranslation';
import { DataTable } from '../DataTable';
import { Mark, Tone } from '../Mark';
import { RelativeTime } from '../RelativeTime';

const NONE = '–';

const timeOf = (time: string | undefined) =>
  time ? <RelativeTime time={time} /> : NONE;

/** For example `cpu 500m, memory 1Gi`. */
const quantities = (given: Record<string, string>) =>
  Object.entries(given)
    .map(([name, quantity]) => `${name} ${quantity}`)
    .join(', ') || NONE;

export const PodTable = (props: { pods: PodView[] }) => {
  const { t } = useTranslationRef(mlflowHealthTranslationRef);
  const toneOf = ({ phase, ready }: PodView): Tone => {
    if (ready || phase === 'Succeeded') {
      return 'good';
    }
    return phase === 'Failed' ? 'bad' : 'busy';
  };
  return (
    <DataTable
      label={t('workload.pods')}
      rows={props.pods}
      keyOf={({ name }) => name}
      columns={[
        {
          label: t('workload.pod'),
          long: true,
          cell: ({ name, job }) =>
            job ? `${name} ${t('workload.ofJob', { job })}` : name,
        },
        {
          label: t('workload.phase'),
          cell: pod => (
            <Mark tone={toneOf(pod)}>
              {t(pod.ready ? 'workload.ready' : 'workload.notReady', {
                phase: pod.phase,
              })}
            </Mark>
          ),
        },
        { label: t('workload.node'), cell: ({ node }) => node ?? NONE },
        {
          label: t('workload.started'),
          cell: ({ startedAt }) => timeOf(startedAt),
        },
      ]}
    />
  );
};

export const ContainerTable = (props: { pods: PodView[] }) => {
  const { t } = useTranslationRef(mlflowHealthTranslationRef);
  return (
    <DataTable
      label={t('workload.containers')}
      rows={props.pods.flatMap(pod =>
        pod.containers.map(container => ({ pod, container })),
      )}
      keyOf={({ pod, container }) => `${pod.name}/${container.name}`}
      columns={[
        {
          label: t('workload.container'),
          long: true,
          cell: ({ pod, container }) => `${pod.name} / ${container.name}`,
        },
        {
          label: t('workload.state'),
          cell: ({ container: { state, lastState } }) =>
            lastState
              ? t('workload.lastState', { state, last: lastState })
              : state,
        },
        {
          label: t('workload.restarts'),
          cell: ({ container }) => container.restarts,
        },
        {
          label: t('workload.requests'),
          cell: ({ container }) => quantities(container.requests),
        },
        {
          label: t('workload.limits'),
          cell: ({ container }) => quantities(container.limits),
        },
        {
          label: t('workload.image'),
          long: true,
          cell: ({ container }) => container.image,
        },
      ]}
    />
  );
};

const JOB_TONES: Record<JobView['state'], Tone> = {
  running: 'busy',
  succeeded: 'good',
  failed: 'bad',
};

export const JobTable = (props: { jobs: JobView[] }) => {
  const { t } = useTranslationRef(mlflowHealthTranslationRef);
  return (
    <DataTable
      label={t('workload.jobs')}
      rows={props.jobs}
      keyOf={({ name }) => name}
      columns={[
        { label: t('workload.job'), cell: ({ name }) => name },
        {
          label: t('workload.state'),
          cell: ({ state }) => (
            <Mark tone={JOB_TONES[state]}>{t(`workload.${state}`)}</Mark>
          ),
        },
        {
          label: t('workload.message'),
          long: true,
          cell: ({ message }) => message ?? NONE,
        },
        {
          label: t('workload.started'),
          cell: ({ startedAt }) => timeOf(startedAt),
        },
        {
          label: t('workload.finished'),
          cell: ({ finishedAt }) => timeOf(finishedAt),
        },
      ]}
    />
  );
};

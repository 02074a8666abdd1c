import {
  V1ContainerState,
  V1ContainerStatus,
  V1Job,
  V1Pod,
} from '@kubernetes/client-node';
import {
  ContainerView,
  JobView,
  PodView,
  Workload,
} from 'backstage-plugin-mlflow-common';
import { isMigratedByJob, MIGRATION_JOB } from '../steps/migration';
import { ObservedInstance } from '../watch/ObservedInstance';
import { isoTime } from './isoTime';

const JOB_LABEL = 'batch.kubernetes.io/job-name';

/** What runs of an instance, from what is watched. */
export function workloadView({
  record,
  pods,
  jobs,
  jobPods,
}: ObservedInstance): Workload {
  const byJob =
    isMigratedByJob(record.spec) ||
    jobs.some(({ metadata }) => metadata?.name === MIGRATION_JOB);
  return {
    pods: [...newestFirst(pods), ...newestFirst(jobPods)].map(podView),
    jobs: newestFirst(jobs).map(jobView),
    migration: { by: byJob ? 'job' : 'server' },
  };
}

function podView({ metadata, spec, status }: V1Pod): PodView {
  const statuses = status?.containerStatuses ?? [];
  const conditions = status?.conditions ?? [];
  const job = metadata?.labels?.[JOB_LABEL];
  return {
    name: metadata?.name ?? '',
    ...(job && { job }),
    // As kubectl has it: the phase itself knows nothing of it.
    phase: metadata?.deletionTimestamp
      ? 'Terminating'
      : status?.phase ?? 'Unknown',
    ready: conditions.some(
      ({ type, status: is }) => type === 'Ready' && is === 'True',
    ),
    ...(spec?.nodeName && { node: spec.nodeName }),
    ...(status?.startTime && { startedAt: isoTime(status.startTime) }),
    containers: (spec?.containers ?? []).map(({ name, image, resources }) => {
      const found = statuses.find(container => container.name === name);
      return {
        name,
        image: image ?? found?.image ?? '',
        requests: resources?.requests ?? {},
        limits: resources?.limits ?? {},
        ...containerState(found),
      };
    }),
  };
}

function containerState(
  status: V1ContainerStatus | undefined,
): Pick<ContainerView, 'ready' | 'restarts' | 'state' | 'lastState'> {
  const last = status?.lastState?.terminated;
  return {
    ready: status?.ready ?? false,
    restarts: status?.restartCount ?? 0,
    state: stateOf(status?.state),
    ...(last && { lastState: last.reason ?? `ExitCode${last.exitCode}` }),
  };
}

function stateOf(state: V1ContainerState | undefined): string {
  if (state?.running) {
    return 'Running';
  }
  if (state?.terminated) {
    return state.terminated.reason ?? 'Terminated';
  }
  return state?.waiting?.reason ?? 'Waiting';
}

function jobView({ metadata, status }: V1Job): JobView {
  const condition = (type: string) =>
    status?.conditions?.find(
      found => found.type === type && found.status === 'True',
    );
  const failed = condition('Failed');
  const finishedAt =
    status?.completionTime ?? (failed && failed.lastTransitionTime);
  return {
    name: metadata?.name ?? '',
    state: jobState(Boolean(failed), status?.succeeded),
    ...(failed && {
      message: failed.message ?? failed.reason ?? 'No reason given.',
    }),
    ...(status?.startTime && { startedAt: isoTime(status.startTime) }),
    ...(finishedAt && { finishedAt: isoTime(finishedAt) }),
  };
}

/** A Job of one pod: the first that succeeds ends it, before the condition says so. */
function jobState(failed: boolean, succeeded: number = 0): JobView['state'] {
  if (failed) {
    return 'failed';
  }
  return succeeded > 0 ? 'succeeded' : 'running';
}

function newestFirst<T extends V1Pod | V1Job>(objects: T[]): T[] {
  const madeAt = ({ metadata }: T) =>
    new Date(metadata?.creationTimestamp ?? 0).getTime();
  return [...objects].sort((a, b) => madeAt(b) - madeAt(a));
}

import { V1Deployment, V1Pod } from '@kubernetes/client-node';
import { InstancePhase } from 'backstage-plugin-mlflow-common';
import { podProblem } from '../systems/kubernetes/podProblem';

/** Where a Deployment stands, with cause and remedy. */
export interface DeploymentState {
  phase: InstancePhase;
  /** CamelCase word for programs. */
  reason: string;
  /** Sentences for people. */
  message: string;
  /** ISO 8601; when availability last changed. */
  since?: string;
  available: boolean;
  /** Whether all pods are of the wanted revision. */
  upToDate: boolean;
}

/**
 * Where the server's Deployment stands. Counts that its controller wrote about
 * an older generation are not believed.
 *
 * @param where - `<namespace>/<name>`, for messages
 */
export function deploymentState(
  where: string,
  deployment: V1Deployment | undefined,
  pods: V1Pod[],
): DeploymentState {
  if (!deployment) {
    return {
      phase: 'Failed',
      reason: 'DeploymentMissing',
      message: `Deployment ${where} does not exist. Retry the task that made the instance: it makes what is missing.`,
      available: false,
      upToDate: false,
    };
  }
  const { metadata, spec, status } = deployment;
  const wanted = spec?.replicas ?? 1;
  const updated = status?.updatedReplicas ?? 0;
  const ready = status?.availableReplicas ?? 0;
  const condition = (type: string) =>
    status?.conditions?.find(candidate => candidate.type === type);
  const observed =
    (status?.observedGeneration ?? 0) >= (metadata?.generation ?? 0);
  const upToDate =
    observed && updated >= wanted && (status?.replicas ?? 0) <= updated;
  const facts = {
    since: isoDate(condition('Available')?.lastTransitionTime),
    available: ready > 0,
    upToDate,
  };

  if (!observed) {
    return {
      ...facts,
      phase: 'Progressing',
      reason: 'ChangeNotObserved',
      message: `Kubernetes has not yet acted on the last change of Deployment ${where}.`,
    };
  }
  if (wanted === 0) {
    return {
      ...facts,
      phase: 'Degraded',
      reason: 'ScaledToZero',
      message: `Deployment ${where} is scaled to zero. Scale it up, or remove the instance.`,
    };
  }
  if (upToDate && ready >= wanted) {
    return {
      ...facts,
      phase: 'Ready',
      reason: 'Available',
      message: 'All servers are ready.',
    };
  }
  const bad: InstancePhase = facts.available ? 'Degraded' : 'Failed';
  const problem = podProblem(pods);
  if (problem) {
    return { ...facts, phase: bad, ...problem };
  }
  if (condition('Progressing')?.reason === 'ProgressDeadlineExceeded') {
    return {
      ...facts,
      phase: bad,
      reason: 'ProgressDeadlineExceeded',
      message: `Deployment ${where} made no progress: ${ready} of ${wanted} servers are ready. Read the logs of its pods and the events of its namespace.`,
    };
  }
  return {
    ...facts,
    phase: 'Progressing',
    reason: upToDate ? 'Starting' : 'RollingOut',
    message: upToDate
      ? `${ready} of ${wanted} servers are ready.`
      : `${updated} of ${wanted} servers have the last change.`,
  };
}

/** A list of the API client holds dates, an event of its watch holds text. */
function isoDate(date: Date | string | undefined): string | undefined {
  return date === undefined ? undefined : new Date(date).toISOString();
}

import {
  ConditionType,
  Finding,
  InstanceCondition,
} from 'backstage-plugin-mlflow-common';
import { Freshness } from '../watch/ObservedInstance';
import { broken } from './conditions/Judgement';
import { Verdict } from './conditions/provisioned';
import { DeploymentState } from './deploymentState';

/** Older than this, what was seen of the cluster says nothing about now. */
const STALE_AFTER_MS = 2 * 60_000;

/** Without these, people cannot do their work. */
const NEEDED: readonly ConditionType[] = [
  'Secrets',
  'Database',
  'Bucket',
  'Identity',
  'Login',
  'Artifacts',
];

/** Whether the cluster can be relied on; undefined when it can. Pure. */
export function staleness(
  { rightAt, error }: Freshness,
  now: Date,
): Verdict | undefined {
  if (rightAt && now.getTime() - rightAt.getTime() <= STALE_AFTER_MS) {
    return undefined;
  }
  const cause = error ? ` ${error.message}` : '';
  return {
    phase: 'Unknown',
    reason: 'ClusterNotObserved',
    message: rightAt
      ? `The cluster was last seen at ${rightAt.toISOString()}.${cause}`
      : `The cluster was not seen yet.${cause}`,
  };
}

/**
 * Where an instance stands whose runs are done: ready only when its server is and
 * nothing is known that keeps people from their work. Pure.
 *
 * @param findings - the gravest first
 */
export function overall(
  server: DeploymentState,
  findings: Finding[],
  conditions: InstanceCondition[],
): Verdict {
  const { phase, reason, message, available } = server;
  const error = findings.find(({ severity }) => severity === 'error');
  if (error) {
    const said = broken(error);
    return {
      phase: available || phase === 'Degraded' ? 'Degraded' : 'Failed',
      reason: said.reason,
      message: said.message,
    };
  }
  const unmet = conditions.find(
    ({ type, status }) => status === 'False' && NEEDED.includes(type),
  );
  return phase === 'Ready' && unmet
    ? { phase: 'Degraded', reason: unmet.reason, message: unmet.message }
    : { phase, reason, message };
}

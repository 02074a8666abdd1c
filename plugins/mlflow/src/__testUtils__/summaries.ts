import { InstanceSummary } from 'backstage-plugin-mlflow-common';
import { readyStatus } from './fakeApi';

/** A row of the list: an instance that is well, but for the changes. */
export function summary(
  change: Partial<InstanceSummary> = {},
): InstanceSummary {
  const { id, platform, name, owner, phase, reason, message } = readyStatus;
  const { versions, replicas, urls, changedAt, observedAt } = readyStatus;
  return {
    id: change.name ?? id,
    platform,
    name,
    owner,
    phase,
    reason,
    message,
    versions,
    replicas,
    urls,
    changedAt,
    observedAt,
    findings: 0,
    entityRef: `component:default/${change.name ?? name}`,
    ...change,
  };
}

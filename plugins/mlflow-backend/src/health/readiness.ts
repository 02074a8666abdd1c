import {
  instanceNames,
  InstanceStatus,
  InstanceSummary,
  instanceUrls,
} from 'backstage-plugin-mlflow-common';
import { instanceEntityRef } from '../catalog/entity';
import { releaseOf } from '../releases/releases';
import { Freshness, ObservedInstance } from '../watch/ObservedInstance';
import { allConditions } from './allConditions';
import { provisioning } from './conditions/provisioned';
import { currentReport, standingFindings } from './currentReport';
import { deploymentState } from './deploymentState';
import { overall, staleness } from './overall';

/**
 * The status of an instance as it follows from what is known of it. Pure.
 *
 * @param now - the present moment
 */
export function instanceStatus(
  observed: ObservedInstance,
  freshness: Freshness,
  now: Date,
): InstanceStatus {
  const { record, deployment, pods } = observed;
  const { spec, run } = record;
  const names = instanceNames(spec.name);
  const release = releaseOf(spec.line);
  const urls = instanceUrls(spec);
  const server = deploymentState(
    `${names.namespace}/${names.release}`,
    deployment,
    pods,
  );
  const provisioned = provisioning(record, now);
  const report = currentReport(observed);
  const findings = standingFindings(report, server);
  const conditions = allConditions(
    { observed, provisioned, server, release, report, findings },
    now,
  );
  const verdict =
    staleness(freshness, now) ??
    (provisioned.phase === 'Ready'
      ? overall(server, findings, conditions)
      : provisioned);
  return {
    id: record.id,
    platform: spec.platform,
    name: spec.name,
    owner: spec.owner,
    phase: verdict.phase,
    reason: verdict.reason,
    message: verdict.message,
    conditions,
    findings,
    ...(report && { checkedAt: report.at }),
    versions: {
      line: spec.line,
      mlflow: release.mlflow,
      oidcAuth: release.oidcAuth,
      chart: release.chart,
      ...(release.warning && { warning: release.warning }),
    },
    replicas: {
      wanted: deployment?.spec?.replicas ?? spec.replicas,
      ready: deployment?.status?.availableReplicas ?? 0,
    },
    urls: { mlflow: urls.mlflow, permissions: urls.permissions },
    portalAccess: `The portal reads as ${names.readerClient}, which sees everything and changes nothing of others. ${release.behaviour.readerCaveat}`,
    taskId: run.taskId,
    changedAt: record.changedAt,
    observedAt: (freshness.rightAt ?? new Date(record.changedAt)).toISOString(),
    ...(freshness.error && { staleReason: freshness.error.message }),
  };
}

/** One row of the list of instances. */
export function toSummary(status: InstanceStatus): InstanceSummary {
  const { id, platform, name, owner, phase, reason, message } = status;
  const { versions, replicas, urls, changedAt, observedAt } = status;
  const { checkedAt, staleReason } = status;
  return {
    id,
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
    ...(checkedAt && { checkedAt }),
    ...(staleReason && { staleReason }),
    findings: status.findings.length,
    ...driftOf(status),
    entityRef: instanceEntityRef(status),
  };
}

/** Whether it differs from what was asked for, when that is known. */
function driftOf({ conditions }: InstanceStatus): { drifted?: boolean } {
  const drift = conditions.find(({ type }) => type === 'Drift')?.status;
  return drift === 'True' || drift === 'False'
    ? { drifted: drift === 'False' }
    : {};
}

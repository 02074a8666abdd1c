import {
  InstanceCondition,
  instanceNames,
  InstancePhase,
  InstanceStatus,
  InstanceSummary,
  instanceUrls,
  UnfinishedReason,
} from 'backstage-plugin-mlflow-common';
import { InstanceRecord } from '../instances/InstanceRecord';
import { instanceEntityRef } from '../catalog/entity';
import { releaseOf } from '../releases/releases';
import { DeploymentState, deploymentState } from './deploymentState';
import { Freshness, ObservedInstance } from '../watch/ObservedInstance';

/** A run that has not written to the record for this long has come to a stop. */
const STALLED_AFTER_MS = 5 * 60_000;

/** Older than this, what was seen of the cluster says nothing about now. */
const STALE_AFTER_MS = 2 * 60_000;

/** The server of an instance whose run has not come that far. */
const NOT_YET: DeploymentState = {
  phase: 'Progressing',
  reason: 'NotYetMade',
  message: 'The server is not made yet.',
  available: false,
  upToDate: false,
};

type Verdict = { phase: InstancePhase; reason: string; message: string };

/** A run that came to a stop, for what reason the page can help with. */
const stopped = (reason: UnfinishedReason, message: string): Verdict => ({
  phase: 'Failed',
  reason,
  message,
});

/**
 * The status of an instance as it follows from what is known of it. Pure.
 *
 * @param now - the present moment
 */
export function instanceStatus(
  { record, deployment, pods }: ObservedInstance,
  freshness: Freshness,
  now: Date,
): InstanceStatus {
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
  const verdict =
    staleness(freshness, now) ??
    (provisioned.phase === 'Ready' ? server : provisioned);
  return {
    id: record.id,
    platform: spec.platform,
    name: spec.name,
    owner: spec.owner,
    phase: verdict.phase,
    reason: verdict.reason,
    message: verdict.message,
    conditions: conditions(
      record,
      provisioned,
      !deployment && provisioned.phase === 'Progressing' ? NOT_YET : server,
    ),
    findings: [],
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
    entityRef: instanceEntityRef(status),
  };
}

/** Whether the cluster can be relied on; undefined when it can. */
function staleness(freshness: Freshness, now: Date): Verdict | undefined {
  const { rightAt, error } = freshness;
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

function provisioning({ run, changedAt }: InstanceRecord, now: Date): Verdict {
  const step = run.step ? `Step ${run.step}` : 'The run';
  if (run.state === 'failed') {
    return stopped(
      'StepFailed',
      `${step} failed. ${run.message ?? 'The log of the task says why.'}`,
    );
  }
  if (run.state === 'undone') {
    return stopped(
      'Undone',
      `The run was undone. ${run.message ?? 'Nothing of it is left.'}`,
    );
  }
  if (run.state === 'undoing' && run.message) {
    return stopped(
      'UndoFailed',
      `The undo did not come to its end. ${run.message}`,
    );
  }
  if (run.state === 'done') {
    return {
      phase: 'Ready',
      reason: 'Provisioned',
      message: 'All steps are done.',
    };
  }
  const silentMs = now.getTime() - Date.parse(changedAt);
  if (silentMs > STALLED_AFTER_MS) {
    return stopped(
      'RunStalled',
      `${step} has said nothing for ${Math.round(
        silentMs / 60_000,
      )} minutes. Cancel its task if it still runs; then continue the run, or undo it.`,
    );
  }
  return {
    phase: 'Progressing',
    reason: 'Provisioning',
    message: run.step ? `Step ${run.step} is running.` : 'The run has begun.',
  };
}

function conditions(
  { run, changedAt }: InstanceRecord,
  provisioned: Verdict,
  server: DeploymentState,
): InstanceCondition[] {
  return [
    {
      type: 'Provisioned',
      status: provisioned.phase === 'Ready' ? 'True' : 'False',
      reason: provisioned.reason,
      message: provisioned.message,
      since: run.finishedAt ?? changedAt,
    },
    {
      type: 'Server',
      status: server.available ? 'True' : 'False',
      reason: server.available ? 'ServersReady' : server.reason,
      message: server.available
        ? 'At least one server is ready.'
        : server.message,
      ...(server.since && { since: server.since }),
    },
    {
      type: 'Release',
      status: server.upToDate ? 'True' : 'False',
      reason: server.upToDate ? 'RolledOut' : server.reason,
      message: server.upToDate
        ? 'All servers have the last change.'
        : server.message,
    },
  ];
}

import { randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { V1Ingress } from '@kubernetes/client-node';
import { ConflictError } from '@backstage/errors';
import { instanceNames, InstanceSpec } from 'backstage-plugin-mlflow-common';
import { Platform } from '../platform/Platform';
import { ensurePlatformIdentity } from '../platform/platformIdentity';
import { InstanceRecord } from './InstanceRecord';

/** Who claims, and in which task. */
export interface Claim {
  spec: InstanceSpec;
  /** Entity reference of the user. */
  user: string;
  taskId: string;
  /** Where a person changes what exists already. */
  changeHint: string;
}

/**
 * Writes the record of an instance, or finds that the very same one exists.
 *
 * @throws ConflictError when the name or the host is another's, or when the
 * instance exists with other settings
 */
export async function claimInstance(
  platform: Platform,
  claim: Claim,
  signal: AbortSignal,
): Promise<InstanceRecord> {
  const { spec } = claim;
  const identity = await ensurePlatformIdentity(
    platform.kubernetes,
    platform.config.kubernetes.namespace,
    signal,
  );
  const { records } = await platform.records.list(signal);
  const existing = records.find(record => record.spec.name === spec.name);
  if (existing) {
    assertSame(existing, claim);
    return platform.records.update(
      spec.name,
      record => ({ ...record, run: startRun(claim) }),
      signal,
    );
  }
  assertHostFree(records, spec);
  await assertNoForeignIngress(platform, spec, signal);
  const record = newRecord(claim, identity.id);
  await platform.records.create(record, signal);
  await settleRace(platform, record, signal);
  return record;
}

function newRecord(claim: Claim, platformId: string): InstanceRecord {
  const now = new Date().toISOString();
  return {
    id: randomBytes(6).toString('hex'),
    platformId,
    spec: claim.spec,
    generation: 1,
    createdBy: claim.user,
    createdAt: now,
    changedAt: now,
    run: startRun(claim),
    made: [],
  };
}

function startRun({ taskId }: Claim): InstanceRecord['run'] {
  return {
    taskId,
    action: 'create',
    state: 'running',
    step: 'claim',
    startedAt: new Date().toISOString(),
  };
}

function assertSame(existing: InstanceRecord, { spec, changeHint }: Claim) {
  if (existing.spec.owner !== spec.owner) {
    throw new ConflictError(
      `The name "${spec.name}" is taken on platform ${spec.platform}. Choose another.`,
    );
  }
  const differing = Object.entries(spec)
    .filter(
      ([key, value]) => !isDeepStrictEqual(value, Object(existing.spec)[key]),
    )
    .map(([key]) => key);
  if (differing.length > 0) {
    throw new ConflictError(
      `The instance "${spec.name}" exists with another ${differing.join(
        ' and another ',
      )}. Creating does not change what exists: ${changeHint}`,
    );
  }
}

function assertHostFree(records: InstanceRecord[], spec: InstanceSpec) {
  const other = records.find(
    record => record.spec.host === spec.host && record.spec.name !== spec.name,
  );
  if (other) {
    throw new ConflictError(
      `The host ${spec.host} is taken by another instance. Choose another.`,
    );
  }
}

/** Something else in the cluster may already answer at the host. */
async function assertNoForeignIngress(
  platform: Platform,
  spec: InstanceSpec,
  signal: AbortSignal,
) {
  const { namespace } = instanceNames(spec.name);
  const ingresses = await platform.kubernetes.list<V1Ingress>(
    { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress' },
    signal,
  );
  const other = ingresses.items.find(
    ({ metadata, spec: rules }) =>
      metadata?.namespace !== namespace &&
      rules?.rules?.some(rule => rule.host === spec.host),
  );
  if (other) {
    throw new ConflictError(
      `Kubernetes: the host ${spec.host} is taken by Ingress ${other.metadata?.namespace}/${other.metadata?.name}. Choose another.`,
    );
  }
}

/**
 * Two claims of one host under different names can both pass the check; the one
 * recorded first keeps the host, the other withdraws.
 */
async function settleRace(
  platform: Platform,
  record: InstanceRecord,
  signal: AbortSignal,
) {
  const { records } = await platform.records.list(signal);
  const earlier = records.find(
    other =>
      other.spec.host === record.spec.host &&
      other.id !== record.id &&
      [other.createdAt, other.id] < [record.createdAt, record.id],
  );
  if (earlier) {
    await platform.records.remove(record.spec.name, record.id, signal);
    assertHostFree(records, record.spec);
  }
}

import { randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { ConflictError } from '@backstage/errors';
import { InstanceSpec } from 'backstage-plugin-mlflow-common';
import { Platform } from '../platform/Platform';
import { ensurePlatformIdentity } from '../platform/platformIdentity';
import { Holder, holderOfHost, holderOfName } from './availability';
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
  const holder = await holderOfName(platform, spec.name, signal);
  if (holder?.kind === 'instance') {
    assertSame(holder.record, claim);
    return platform.records.update(
      spec.name,
      record => ({ ...record, run: startRun(claim) }),
      signal,
    );
  }
  assertFree(`name "${spec.name}"`, holder);
  assertFree(
    `host ${spec.host}`,
    await holderOfHost(platform, spec.host, signal),
  );
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

function assertFree(what: string, holder: Holder | undefined) {
  if (holder) {
    const by = holder.kind === 'instance' ? 'another instance' : holder.object;
    throw new ConflictError(`The ${what} is taken by ${by}. Choose another.`);
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
    assertFree(`host ${record.spec.host}`, {
      kind: 'instance',
      record: earlier,
    });
  }
}

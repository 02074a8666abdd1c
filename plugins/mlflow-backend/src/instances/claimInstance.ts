import { randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { KubernetesObject } from '@kubernetes/client-node';
import { ConflictError } from '@backstage/errors';
import { InstanceSpec } from 'backstage-plugin-mlflow-common';
import { Platform } from '../platform/Platform';
import { ensurePlatformIdentity } from '../platform/platformIdentity';
import { Holder, holderOfHost, holderOfName } from './availability';
import { InstanceRecord } from './InstanceRecord';
import { CLAIM_STEP, RECORD } from './made';
import { startedRun } from './runPhase';

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
    return platform.records.update(
      spec.name,
      record => {
        assertSame(record, claim);
        return { ...record, run: startedRun(claim.taskId) };
      },
      signal,
    );
  }
  assertFree(`name "${spec.name}"`, holder);
  assertFree(
    `host ${spec.host}`,
    await holderOfHost(platform, spec.host, signal),
  );
  await assertNoRoute(platform, spec.host, signal);
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
    run: startedRun(claim.taskId),
    made: [
      {
        system: 'Kubernetes',
        object: RECORD,
        step: CLAIM_STEP,
        taskId: claim.taskId,
        at: now,
      },
    ],
  };
}

const SPEC_KEYS = [
  'description',
  'host',
  'line',
  'size',
  'replicas',
  'defaultPermission',
  'metrics',
] as const satisfies readonly (keyof InstanceSpec)[];

/**
 * What exists may be claimed again, but not be changed by it.
 *
 * @throws ConflictError when it is another's, or has other settings
 */
export function assertSame(
  existing: InstanceRecord,
  { spec, changeHint }: Pick<Claim, 'spec' | 'changeHint'>,
): void {
  if (existing.spec.owner !== spec.owner) {
    throw new ConflictError(
      `The name "${spec.name}" is taken on platform ${spec.platform}. Choose another.`,
    );
  }
  const differing = SPEC_KEYS.filter(
    key => !isDeepStrictEqual(spec[key], existing.spec[key]),
  );
  if (differing.length > 0) {
    throw new ConflictError(
      `The instance "${spec.name}" exists with another ${differing.join(
        ' and another ',
      )}. Creating does not change what exists: ${changeHint}`,
    );
  }
}

interface IngressRoute extends KubernetesObject {
  spec?: { routes?: { match?: string }[] };
}

/**
 * Traefik's own kind of Ingress may already serve the host.
 *
 * @throws ConflictError when one does
 */
export async function assertNoRoute(
  platform: Platform,
  host: string,
  signal: AbortSignal,
) {
  const { items } = await platform.kubernetes.list<IngressRoute>(
    { apiVersion: 'traefik.io/v1alpha1', kind: 'IngressRoute' },
    signal,
  );
  const route = items.find(({ spec }) =>
    spec?.routes?.some(({ match }) => match?.includes(`\`${host}\``)),
  );
  if (route) {
    assertFree(`host ${host}`, { kind: 'foreign', object: 'an IngressRoute' });
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

import { ConflictError } from '@backstage/errors';
import { InstanceSpec, PlanChange } from 'backstage-plugin-mlflow-common';
import { Holder, holderOfHost, holderOfName } from '../instances/availability';
import { assertNoRoute, assertSame } from '../instances/claimInstance';
import { InstanceRecord } from '../instances/InstanceRecord';
import { assertNoOwnHost } from '../platform/ownHosts';
import { Platform } from '../platform/Platform';
import { findPlatformIdentity } from '../platform/platformIdentity';

/** What the claim of a run is asked for. */
export interface ClaimRequest {
  platform: Platform;
  spec: InstanceSpec;
  /** Where a person changes what exists already. */
  changeHint: string;
  /** Addresses of portal and platform, which no instance may take. */
  ownUrls: string[];
  /** Whether whoever asks may know whose an instance is. */
  mayRead(record: InstanceRecord): Promise<boolean>;
}

/** What the claim would find. */
export interface ClaimPlan {
  changes: PlanChange[];
  /** The record of the very instance that is asked for, when it exists. */
  record?: InstanceRecord;
  /** The name cannot be had: there is nothing more to plan. */
  taken: boolean;
  /** First part of all marks; absent before the first claim on the platform. */
  platformId?: string;
}

const SYSTEM = 'Kubernetes';

/** Checks name and host as the claim will, and writes nothing. */
export async function planClaim(
  request: ClaimRequest,
  signal: AbortSignal,
): Promise<ClaimPlan> {
  const { platform, spec } = request;
  const { kubernetes, config } = platform;
  const [identity, holder] = await Promise.all([
    findPlatformIdentity(kubernetes, config.kubernetes.namespace, signal).catch(
      onlyConflict,
    ),
    holderOfName(platform, spec.name, signal),
  ]);
  if (typeof identity === 'string') {
    const object = `records of platform ${platform.name}`;
    return { changes: [conflictOf(object, identity)], taken: true };
  }
  const name = `name ${spec.name}`;
  if (holder?.kind === 'instance') {
    const conflict = await ownConflict(request, holder.record);
    return conflict
      ? { changes: [conflictOf(name, conflict, holder)], taken: true }
      : {
          changes: [
            { system: SYSTEM, object: name, action: 'keep' },
            { system: SYSTEM, object: `host ${spec.host}`, action: 'keep' },
          ],
          record: holder.record,
          taken: false,
        };
  }
  const nameChange: PlanChange = holder
    ? conflictOf(name, `${holder.object} is there already`, holder)
    : { system: SYSTEM, object: name, action: 'create' };
  return {
    changes: [nameChange, await planHost(request, signal)],
    taken: false,
    platformId: identity?.id,
  };
}

/** Why the instance of that name cannot be claimed again, if it cannot. */
async function ownConflict(
  { spec, changeHint, mayRead }: ClaimRequest,
  record: InstanceRecord,
): Promise<string | undefined> {
  const { owner } = record.spec;
  if (owner !== spec.owner && (await mayRead(record))) {
    return `it is taken: ${owner} has an instance of that name`;
  }
  return refusal(() => assertSame(record, { spec, changeHint }));
}

async function planHost(
  { platform, spec, ownUrls, mayRead }: ClaimRequest,
  signal: AbortSignal,
): Promise<PlanChange> {
  const object = `host ${spec.host}`;
  const own = refusal(() => assertNoOwnHost(spec.host, ownUrls));
  if (own) {
    return conflictOf(object, own);
  }
  const [holder, route] = await Promise.all([
    holderOfHost(platform, spec.host, signal),
    assertNoRoute(platform, spec.host, signal).catch(onlyConflict),
  ]);
  if (holder?.kind === 'foreign') {
    return conflictOf(object, `${holder.object} serves it already`, holder);
  }
  if (holder) {
    const { owner } = holder.record.spec;
    return conflictOf(
      object,
      (await mayRead(holder.record))
        ? `another instance of ${owner} has it`
        : 'another instance has it',
      holder,
    );
  }
  return route
    ? conflictOf(object, route)
    : { system: SYSTEM, object, action: 'create' };
}

function conflictOf(
  object: string,
  detail: string,
  holder?: Holder,
): PlanChange {
  return {
    system: SYSTEM,
    object,
    action: 'conflict',
    detail,
    found: foundOf(holder),
  };
}

function foundOf(holder: Holder | undefined): string {
  if (!holder) {
    return 'the platform itself';
  }
  return holder.kind === 'foreign' ? holder.object : 'another instance';
}

/** What a check has against it, as a sentence. */
function refusal(check: () => void): string | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    return onlyConflict(error);
  }
}

function onlyConflict(error: unknown): string {
  if (error instanceof ConflictError) {
    return error.message;
  }
  throw error;
}

import {
  BackstageCredentials,
  BackstageServicePrincipal,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  Availability,
  mlflowInstanceReadPermission,
} from 'backstage-plugin-mlflow-common';
import { Holder } from '../instances/availability';
import { InstanceRecord } from '../instances/InstanceRecord';
import { isUnfinished } from '../instances/unfinished';
import { instanceResource, isInstanceAllowed } from '../permissions';
import { authorizeClaim } from '../permissions/claimRights';
import { RouterOptions } from './RouterOptions';

type Caller = BackstageCredentials<
  BackstageUserPrincipal | BackstageServicePrincipal
>;

/** What somebody asks for. */
export interface Wish {
  platform: string;
  /** Name of the instance that is to have it, when it is known. */
  name?: string;
  /** How a sentence begins, for example `The name "x"`. */
  what: string;
}

/**
 * Whether the caller can have what somebody has or nobody. Whose it is learns
 * only who may read that instance.
 */
export async function verdict(
  options: RouterOptions,
  { platform, name, what }: Wish,
  holder: Holder | undefined,
  caller: Caller,
): Promise<Availability> {
  if (!holder) {
    return { free: true };
  }
  if (holder.kind === 'foreign') {
    return { free: false, reason: `${what} is taken.` };
  }
  const { record } = holder;
  if (
    record.spec.name === name &&
    isUnfinished(record, new Date()) &&
    (await mayClaim(options, record, caller))
  ) {
    return { free: true, yours: true };
  }
  const mayRead = await isInstanceAllowed({
    permissions: options.permissions,
    permission: mlflowInstanceReadPermission,
    resourceRef: instanceResource({ platform, name: record.spec.name }),
    credentials: caller,
  });
  return {
    free: false,
    reason: mayRead
      ? `${what} is taken; ${record.spec.owner} has it.`
      : `${what} is taken.`,
  };
}

/** Only a person can claim, for a group of theirs. */
async function mayClaim(
  options: RouterOptions,
  { spec }: InstanceRecord,
  caller: Caller,
): Promise<boolean> {
  if (caller.principal.type !== 'user') {
    return false;
  }
  try {
    await authorizeClaim(options, spec, caller);
    return true;
  } catch (error) {
    if (error instanceof NotAllowedError) {
      return false;
    }
    throw error;
  }
}

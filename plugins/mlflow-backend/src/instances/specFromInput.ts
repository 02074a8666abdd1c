import { InputError } from '@backstage/errors';
import {
  checkDescription,
  checkHost,
  checkInstanceName,
  DEFAULT_LINE,
  DEFAULT_PERMISSIONS,
  defaultHost,
  INSTANCE_SIZES,
  InstanceSpec,
  LINES,
  MAX_REPLICAS,
  PlanInput,
} from 'backstage-plugin-mlflow-common';
import { PlatformConfig } from '../platform/config';
import { quoted } from '../systems/quoted';
import { isOffered, releaseOf } from '../releases/releases';

/** What a form sends: everything but the name and the owner may be left out. */
export type InstanceInput = Omit<PlanInput, 'platform'>;

/**
 * The spec that an input asks for, its gaps filled.
 *
 * @throws InputError with one sentence that says what is wrong and what is right
 */
export function specFromInput(
  input: InstanceInput,
  platform: PlatformConfig,
): InstanceSpec {
  const name = accept(input.name, checkInstanceName);
  const host = accept(
    input.host || defaultHost(name, platform.domains[0]),
    value => checkHost(value, platform.domains),
  );
  const spec: InstanceSpec = {
    name,
    platform: platform.name,
    owner: input.owner,
    description: accept(input.description ?? '', checkDescription),
    host,
    line: oneOf('line', input.line ?? DEFAULT_LINE, LINES),
    size: oneOf('size', input.size ?? 'S', INSTANCE_SIZES),
    replicas: checkReplicas(input.replicas ?? 1),
    defaultPermission: oneOf(
      'default permission',
      input.defaultPermission ?? 'NO_PERMISSIONS',
      DEFAULT_PERMISSIONS,
    ),
    metrics: input.metrics ?? true,
  };
  const release = releaseOf(spec.line);
  if (!isOffered(release, platform)) {
    throw new InputError(
      `Line ${spec.line} is not allowed on platform ${platform.name}: ${release.warning}`,
    );
  }
  const refusal = release.refuses(spec);
  if (refusal) {
    throw new InputError(refusal);
  }
  return spec;
}

function accept(
  value: string,
  check: (value: string) => string | undefined,
): string {
  const wrong = check(value);
  if (wrong) {
    throw new InputError(wrong);
  }
  return value;
}

function oneOf<T extends string>(
  what: string,
  value: string,
  allowed: readonly T[],
): T {
  const found = allowed.find(candidate => candidate === value);
  if (!found) {
    throw new InputError(
      `There is no ${what} ${quoted(value)}; choose ${allowed.join(', ')}.`,
    );
  }
  return found;
}

function checkReplicas(replicas: number): number {
  if (!Number.isInteger(replicas) || replicas < 1 || replicas > MAX_REPLICAS) {
    throw new InputError(
      `Replicas must be a whole number from 1 to ${MAX_REPLICAS}, not ${replicas}.`,
    );
  }
  return replicas;
}

import { randomBytes } from 'node:crypto';
import { InstanceSpec, instanceNames } from 'backstage-plugin-mlflow-common';
import { releaseOf } from '../releases/releases';
import { Instance } from '../steps/Step';

/** An instance that nobody else has: `t-<random>`, of size S on line 3.17. */
export function testInstance(changes: Partial<InstanceSpec> = {}): Instance {
  const id = randomBytes(6).toString('hex');
  const name = changes.name ?? `t-${id}`;
  const spec: InstanceSpec = {
    name,
    platform: 'sandbox',
    owner: 'group:default/team-a',
    description: 'Made by a test',
    host: `mlflow-${name}.localhost`,
    line: '3.17',
    size: 'S',
    replicas: 1,
    defaultPermission: 'NO_PERMISSIONS',
    metrics: false,
    ...changes,
  };
  return {
    id,
    mark: `testplatform/${id}`,
    spec,
    names: instanceNames(name),
    release: releaseOf(spec.line),
  };
}

/** The same name on another platform: whatever is there belongs to another. */
export function homonymOf(instance: Instance): Instance {
  const id = randomBytes(6).toString('hex');
  return { ...instance, id, mark: `otherplatform/${id}` };
}

/**
 * {@link homonymOf} in a cluster of its own: it meets the instance in the systems
 * that both share, and has no namespace yet.
 */
export function homonymElsewhere(instance: Instance): Instance {
  const other = homonymOf(instance);
  const namespace = `${other.names.namespace}-elsewhere`;
  return { ...other, names: { ...other.names, namespace } };
}

import {
  InstanceReference,
  parseInstanceReference,
  RESOURCE_TYPE_MLFLOW_INSTANCE,
  stringifyInstanceReference,
} from 'backstage-plugin-mlflow-common';
import { createPermissionResourceRef } from '@backstage/plugin-permission-node';

/**
 * What a permission policy may decide on: an instance, or one about to be made.
 *
 * @public
 */
export interface MlflowInstanceResource {
  /** Key of the platform in app-config. */
  platform: string;
  name: string;
  /** Entity reference of the owning group. */
  owner: string;
}

/**
 * A test that a policy's conditions turn into; see the rules.
 *
 * @public
 */
export type MlflowInstanceFilter = (
  resource: MlflowInstanceResource,
) => boolean;

/**
 * Resource type of instances, for permission rules.
 *
 * @public
 */
export const mlflowInstanceResourceRef = createPermissionResourceRef<
  MlflowInstanceResource,
  MlflowInstanceFilter
>().with({
  pluginId: 'mlflow',
  resourceType: RESOURCE_TYPE_MLFLOW_INSTANCE,
});

/** Name and owner that stand for the platform as a whole. */
const WHOLE = '*';

/** Resource reference of an instance that is recorded; its record decides. */
export function instanceResource(ref: InstanceReference): string {
  return stringifyInstanceReference(ref);
}

/**
 * Resource reference of an instance that does not exist yet. Only
 * `mlflow.instance.create`, `mlflow.instance.admin` and `mlflow.image.build` may
 * be decided on it.
 */
export function candidateResource(candidate: MlflowInstanceResource): string {
  return `${stringifyInstanceReference(candidate)}#${candidate.owner}`;
}

/**
 * Resource reference of a platform as a whole, for `mlflow.instance.admin` and
 * `mlflow.image.build`.
 */
export function platformResource(platform: string): string {
  return candidateResource({ platform, name: WHOLE, owner: WHOLE });
}

/** What a resource reference says; undefined when it is none of ours. */
export function parseResource(
  reference: string,
):
  | { kind: 'instance'; ref: InstanceReference }
  | { kind: 'candidate'; resource: MlflowInstanceResource }
  | undefined {
  const hash = reference.indexOf('#');
  const ref = parseInstanceReference(
    hash < 0 ? reference : reference.slice(0, hash),
  );
  if (!ref) {
    return undefined;
  }
  if (hash < 0) {
    return { kind: 'instance', ref };
  }
  const owner = reference.slice(hash + 1);
  return owner ? { kind: 'candidate', resource: { ...ref, owner } } : undefined;
}

import {
  createConditionExports,
  createPermissionRule,
} from '@backstage/plugin-permission-node';
import { listSchema } from './listSchema';
import { MlflowInstanceResource, mlflowInstanceResourceRef } from './resource';

const isOwner = createPermissionRule({
  name: 'IS_OWNER',
  description: 'Allows instances that one of the given groups owns',
  resourceRef: mlflowInstanceResourceRef,
  paramsSchema: listSchema<{ owners: string[] }>(
    'owners',
    'Entity references, for example group:default/team-a',
    owners => ({ owners }),
  ),
  apply: (resource, { owners }) => ownedBy(resource, owners),
  toQuery:
    ({ owners }) =>
    resource =>
      ownedBy(resource, owners),
});

const onPlatform = createPermissionRule({
  name: 'ON_PLATFORM',
  description: 'Allows instances on one of the given platforms',
  resourceRef: mlflowInstanceResourceRef,
  paramsSchema: listSchema<{ platforms: string[] }>(
    'platforms',
    'Keys of app-config, mlflow.platforms.<platform>',
    platforms => ({ platforms }),
  ),
  apply: (resource, { platforms }) => platforms.includes(resource.platform),
  toQuery:
    ({ platforms }) =>
    resource =>
      platforms.includes(resource.platform),
});

/**
 * Rules by which a policy can decide on instances.
 *
 * @public
 */
export const mlflowInstanceRules = { isOwner, onPlatform };

const conditionExports = createConditionExports({
  resourceRef: mlflowInstanceResourceRef,
  rules: mlflowInstanceRules,
});

/**
 * Conditions of a policy's decision, for example
 * `mlflowInstanceConditions.isOwner({ owners: user.info.ownershipEntityRefs })`.
 *
 * @public
 */
export const mlflowInstanceConditions = conditionExports.conditions;

/**
 * Makes a policy's decision of conditions.
 *
 * @public
 */
export const createMlflowInstanceConditionalDecision =
  conditionExports.createConditionalDecision;

/** Entity references are the same in any case of letters. */
function ownedBy(resource: MlflowInstanceResource, owners: string[]): boolean {
  const owner = resource.owner.toLocaleLowerCase('en-US');
  return owners.some(ref => ref.toLocaleLowerCase('en-US') === owner);
}

import { instanceNames } from './names';

/**
 * The instance whose admins or users a group of this name would hold; undefined
 * for the name of any other group. Whether there is such an instance, its record
 * says.
 *
 * @param group - name in Keycloak, for example `mlflow-churn-users`
 *
 * @public
 */
export function instanceOfGroup(group: string): string | undefined {
  const base = /^(mlflow(-.+)?)-(admins|users)$/.exec(group)?.[1];
  if (!base) {
    return undefined;
  }
  const name = base === 'mlflow' ? base : base.slice('mlflow-'.length);
  const { adminGroup, userGroup } = instanceNames(name);
  return group === adminGroup || group === userGroup ? name : undefined;
}

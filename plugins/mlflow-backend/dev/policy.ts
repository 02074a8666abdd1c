import { UserInfoService } from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  isPermission,
  isResourcePermission,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import {
  mlflowImageBuildPermission,
  mlflowInstanceAdminPermission,
  mlflowInstanceReadPermission,
  RESOURCE_TYPE_MLFLOW_INSTANCE,
} from 'backstage-plugin-mlflow-common';
import {
  createMlflowInstanceConditionalDecision,
  mlflowInstanceConditions,
} from '../src/permissions';

/** Group whose members administer all platforms. */
const ADMINS = 'group:default/platform';

/**
 * Policy of the demo, and an example for one's own: everybody who signed in sees
 * how instances are; the admins of the platform may do all with every instance,
 * everybody else only with those that a group of theirs owns. Images are built
 * for everybody, since the machine of the demo is that of who runs it; elsewhere
 * that is for admins. What is not MLflow's is open to everybody who signed in.
 */
export class DemoPolicy implements PermissionPolicy {
  readonly #userInfo: UserInfoService;

  constructor(options: { userInfo: UserInfoService }) {
    this.#userInfo = options.userInfo;
  }

  async handle(
    { permission }: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    if (!user) {
      return { result: AuthorizeResult.DENY };
    }
    if (
      !isResourcePermission(permission, RESOURCE_TYPE_MLFLOW_INSTANCE) ||
      isPermission(permission, mlflowInstanceReadPermission) ||
      isPermission(permission, mlflowImageBuildPermission)
    ) {
      return { result: AuthorizeResult.ALLOW };
    }
    const { ownershipEntityRefs } = await this.#userInfo.getUserInfo(
      user.credentials,
    );
    if (ownershipEntityRefs.includes(ADMINS)) {
      return { result: AuthorizeResult.ALLOW };
    }
    if (isPermission(permission, mlflowInstanceAdminPermission)) {
      return { result: AuthorizeResult.DENY };
    }
    return createMlflowInstanceConditionalDecision(
      permission,
      mlflowInstanceConditions.isOwner({ owners: ownershipEntityRefs }),
    );
  }
}

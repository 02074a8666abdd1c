import {
  AuthService,
  BackstageCredentials,
  PermissionsRegistryService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { PolicyDecision } from '@backstage/plugin-permission-common';
import { createConditionAuthorizer } from '@backstage/plugin-permission-node';
import { stringifyInstanceReference } from 'backstage-plugin-mlflow-common';
import { authorizeSome, InstancePermission } from './authorize';
import { Recent } from './Recent';
import { MlflowInstanceResource, mlflowInstanceResourceRef } from './resource';

/**
 * What the policy allows with instances whose record is at hand. The policy is
 * asked for its conditions, which are then applied to the record in memory;
 * asked for one instance, it would have to ask this plugin back. A decision
 * holds for some seconds, see `Recent`.
 */
export class RecordPolicy {
  readonly #auth: AuthService;
  readonly #permissions: PermissionsService;
  readonly #holds: ReturnType<
    typeof createConditionAuthorizer<MlflowInstanceResource>
  >;
  readonly #decisions = new Recent<PolicyDecision>();

  /** @param options - the resource type must be registered */
  constructor(options: {
    auth: AuthService;
    permissions: PermissionsService;
    permissionsRegistry: PermissionsRegistryService;
  }) {
    this.#auth = options.auth;
    this.#permissions = options.permissions;
    this.#holds = createConditionAuthorizer(
      options.permissionsRegistry.getPermissionRuleset(
        mlflowInstanceResourceRef,
      ),
    );
  }

  /**
   * Tells of each instance whether the caller may.
   *
   * @param credentials - the caller's
   * @throws NotAllowedError when the caller may with no instance at all
   */
  async filter(
    permission: InstancePermission,
    credentials: BackstageCredentials,
  ): Promise<(instance: MlflowInstanceResource) => boolean> {
    const caller = userOf(this.#auth, credentials);
    const decision = await this.#decisions.get(
      caller && `${permission.name} ${caller}`,
      () =>
        authorizeSome({
          permissions: this.#permissions,
          permission,
          credentials,
        }),
    );
    return instance => this.#holds(decision, instance);
  }

  /**
   * The same for one instance.
   *
   * @throws NotAllowedError when the caller may not
   */
  async authorize(
    permission: InstancePermission,
    instance: MlflowInstanceResource,
    credentials: BackstageCredentials,
  ): Promise<void> {
    const may = await this.filter(permission, credentials);
    if (!may(instance)) {
      throw new NotAllowedError(
        `You lack the permission ${
          permission.name
        } on ${stringifyInstanceReference(
          instance,
        )}. Ask the owner of the instance or a platform admin.`,
      );
    }
  }
}

/**
 * Whose answers may be kept for a moment: a user's. A service's may differ by the
 * token that it comes with.
 */
export function userOf(
  auth: AuthService,
  credentials: BackstageCredentials,
): string | undefined {
  return auth.isPrincipal(credentials, 'user')
    ? credentials.principal.userEntityRef
    : undefined;
}

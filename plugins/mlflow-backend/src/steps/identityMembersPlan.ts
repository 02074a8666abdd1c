import { ClientRole } from '../systems/keycloak/clientRoles';
import { ScopeRole } from '../systems/keycloak/scopeRoles';
import { ScopeState } from '../systems/keycloak/scopes';
import { mapperDifferences } from './identityDifferences';
import { MEMBER_ROLE, membersMapper, membersScope } from './identityWanted';
import { foreign, updateOrKeep } from './marks';
import { Change, Instance } from './Step';

/** What is there of that by which only members get a token for MLflow. */
export interface MembersObserved {
  /** The role of the terminal client that members have. */
  role?: ClientRole;
  /** Whether the instance's groups give that role. */
  groups: Record<'admin' | 'user', boolean>;
  /** The scope that makes tokens out to MLflow. */
  scope?: ScopeState;
  /** Whose tokens the scope takes part in. */
  scopeRoles: ScopeRole[];
  /** Whether the terminal client has the scope. */
  attached: boolean;
}

const SYSTEM = 'Keycloak';

/** What the step will do so that only members get a token for MLflow. */
export function planMembers(
  instance: Instance,
  observed: MembersObserved,
): Change[] {
  const { names } = instance;
  const role = `role ${MEMBER_ROLE} of client ${names.cliClient}`;
  return [
    created(role, observed.role !== undefined),
    created(`${role} for group ${names.adminGroup}`, observed.groups.admin),
    created(`${role} for group ${names.userGroup}`, observed.groups.user),
    planScope(instance, observed),
  ];
}

/** In what the scope differs from what it must be, for people. */
export function membersScopeDifferences(
  instance: Instance,
  { role, scope, scopeRoles, attached }: MembersObserved,
): string[] {
  const mapper = membersMapper(instance);
  return [
    ...mapperDifferences(
      scope?.mappers.find(({ name }) => name === mapper.name),
      mapper,
    ),
    // Without any role it would take part in everybody's tokens.
    ...(scopeRoles.some(({ id }) => id === role?.id)
      ? []
      : [`is not tied to role ${MEMBER_ROLE}`]),
    ...otherRoles(role, scopeRoles).map(
      ({ name }) => `takes role ${name} for membership`,
    ),
    ...(attached ? [] : [`client ${instance.names.cliClient} lacks it`]),
  ];
}

/** Roles by which others than members would get the scope. */
export function otherRoles(
  role: ClientRole | undefined,
  scopeRoles: ScopeRole[],
): ScopeRole[] {
  return scopeRoles.filter(({ id }) => id !== role?.id);
}

function planScope(instance: Instance, observed: MembersObserved): Change {
  const object = `client scope ${membersScope(instance)}`;
  const { scope } = observed;
  if (!scope) {
    return { system: SYSTEM, object, action: 'create' };
  }
  return scope.mark === instance.mark
    ? updateOrKeep(SYSTEM, object, membersScopeDifferences(instance, observed))
    : foreign(SYSTEM, object, scope.mark);
}

function created(object: string, exists: boolean): Change {
  return { system: SYSTEM, object, action: exists ? 'keep' : 'create' };
}

import { ServiceUnavailableError } from '@backstage/errors';
import {
  ClientRole,
  createClientRole,
  findClientRole,
  giveGroupRole,
  listGroupRoles,
} from '../systems/keycloak/clientRoles';
import { addDefaultScope, ClientState } from '../systems/keycloak/clients';
import { GroupState } from '../systems/keycloak/groups';
import {
  addScopeRole,
  listScopeRoles,
  removeScopeRole,
} from '../systems/keycloak/scopeRoles';
import {
  createScope,
  listScopes,
  ScopeState,
  setScopeMapper,
} from '../systems/keycloak/scopes';
import { settled } from '../systems/settled';
import type { IdentityContext } from './identity';
import {
  MembersObserved,
  membersScopeDifferences,
  otherRoles,
} from './identityMembersPlan';
import { MEMBER_ROLE, membersMapper, membersScope } from './identityWanted';
import { assertMark } from './marks';

const SYSTEM = 'Keycloak';

/** Looks at what ties a token for MLflow to the instance's groups. */
export async function observeMembers(
  { instance, platform, signal }: IdentityContext,
  cli: ClientState | undefined,
  groups: Record<'admin' | 'user', GroupState[]>,
  scopes: ScopeState[],
): Promise<MembersObserved> {
  const { keycloak } = platform;
  const { adminGroup, cliClient, userGroup } = instance.names;
  const scope = scopes.find(({ name }) => name === membersScope(instance));
  const client = cli && { id: cli.id, clientId: cliClient };
  const given = async (found: GroupState[], name: string) => {
    const group = found.find(({ path }) => path === `/${name}`);
    return group && client
      ? (await listGroupRoles(keycloak, group, client, signal)).includes(
          MEMBER_ROLE,
        )
      : false;
  };
  const [role, admin, user, scopeRoles] = await Promise.all([
    client && findClientRole(keycloak, client, MEMBER_ROLE, signal),
    given(groups.admin, adminGroup),
    given(groups.user, userGroup),
    scope ? listScopeRoles(keycloak, scope, signal) : [],
  ]);
  return {
    role,
    groups: { admin, user },
    scope,
    scopeRoles,
    attached: cli?.defaultScopes.includes(membersScope(instance)) ?? false,
  };
}

/**
 * The members' role, given by both groups, and the scope that makes a member's
 * token out to MLflow. The terminal client gets the scope last: without its role
 * it would take part in everybody's tokens.
 */
export async function ensureMembers(
  ctx: IdentityContext,
  observed: MembersObserved,
  cliId: string,
  groups: Record<'admin' | 'user', string>,
): Promise<void> {
  const { instance, platform, signal } = ctx;
  const { keycloak } = platform;
  const { adminGroup, cliClient, userGroup } = instance.names;
  const client = { id: cliId, clientId: cliClient };
  const role = observed.role ?? (await ensureRole(ctx, client));
  const give = (group: string, name: string) =>
    giveGroupRole(
      keycloak,
      { id: group, path: `/${name}` },
      client,
      role,
      signal,
    );
  const [scope] = await settled([
    ensureScope(ctx, { ...observed, role }, client),
    observed.groups.admin ? undefined : give(groups.admin, adminGroup),
    observed.groups.user ? undefined : give(groups.user, userGroup),
  ]);
  if (!observed.attached && scope) {
    await addDefaultScope(keycloak, client, scope, signal);
  }
}

async function ensureRole(
  { platform, signal }: IdentityContext,
  client: { id: string; clientId: string },
): Promise<ClientRole> {
  const { keycloak } = platform;
  await createClientRole(
    keycloak,
    client,
    {
      name: MEMBER_ROLE,
      description: 'Gets a token for MLflow; the instance’s groups give it.',
    },
    signal,
  );
  const made = await findClientRole(keycloak, client, MEMBER_ROLE, signal);
  if (!made) {
    throw new ServiceUnavailableError(
      `Keycloak: role ${MEMBER_ROLE} of client ${client.clientId} was removed while it was being made. Run it again.`,
    );
  }
  return made;
}

/** The scope, tied to the role; not yet in the client's hands. */
async function ensureScope(
  ctx: IdentityContext,
  observed: MembersObserved & { role: ClientRole },
  client: { id: string },
): Promise<{ id: string; name: string }> {
  const { instance, platform, signal } = ctx;
  const { keycloak } = platform;
  const { role } = observed;
  const name = membersScope(instance);
  const mapper = membersMapper(instance);
  if (!observed.scope) {
    const id = await createScope(
      keycloak,
      {
        name,
        description: 'Makes the tokens of members out to MLflow',
        mark: instance.mark,
        named: false,
        mappers: [mapper],
      },
      signal,
    );
    if (id) {
      await addScopeRole(keycloak, { id, name }, client.id, role, signal);
      return { id, name };
    }
  } else if (membersScopeDifferences(instance, observed).length === 0) {
    return observed.scope;
  }
  const scopes = await listScopes(keycloak, signal);
  const scope = scopes.find(found => found.name === name);
  assertMark(SYSTEM, `client scope ${name}`, scope?.mark, instance.mark);
  if (!scope) {
    throw new ServiceUnavailableError(
      `Keycloak: client scope ${name} was removed while it was being made. Run it again.`,
    );
  }
  await setScopeMapper(
    keycloak,
    scope,
    mapper,
    scope.mappers.find(found => found.name === mapper.name),
    signal,
  );
  await addScopeRole(keycloak, scope, client.id, role, signal);
  const roles = await listScopeRoles(keycloak, scope, signal);
  for (const other of otherRoles(role, roles)) {
    await removeScopeRole(keycloak, scope, other, signal);
  }
  return scope;
}

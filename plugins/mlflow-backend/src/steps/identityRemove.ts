import {
  clientsWithScope,
  deleteClient,
  findClient,
} from '../systems/keycloak/clients';
import { deleteGroup, findGroups } from '../systems/keycloak/groups';
import {
  deleteScope,
  listScopes,
  ScopeState,
} from '../systems/keycloak/scopes';
import { settled } from '../systems/settled';
import type { IdentityContext } from './identity';
import { GROUPS_SCOPE, membersScope, platformMark } from './identityWanted';
import { isWanted, Removal, RemoveOptions } from './Step';

const SYSTEM = 'Keycloak';
const FOREIGN = 'it is not this instance’s';

/**
 * Removes marked clients, groups and the scope of the members, and the scope
 * `groups` when nobody needs it.
 */
export async function removeIdentity(
  ctx: IdentityContext,
  options: RemoveOptions,
): Promise<Removal[]> {
  const { names } = ctx.instance;
  const removals = await settled([
    ...[
      names.client,
      names.cliClient,
      names.readerClient,
      names.provisionerClient,
    ]
      .filter(clientId => isWanted(options, `client ${clientId}`))
      .map(clientId => removeClient(ctx, clientId)),
    ...[names.adminGroup, names.userGroup]
      .filter(name => isWanted(options, `group ${name}`))
      .map(name => removeGroup(ctx, name)),
  ]);
  const scopes = await listScopes(ctx.platform.keycloak, ctx.signal);
  return [
    ...removals,
    ...(isWanted(options, `client scope ${membersScope(ctx.instance)}`)
      ? [await removeMembersScope(ctx, scopes)]
      : []),
    ...(isWanted(options, `client scope ${GROUPS_SCOPE}`)
      ? [await removeGroupsScope(ctx, scopes)]
      : []),
  ];
}

async function removeClient(
  { instance, platform, signal }: IdentityContext,
  clientId: string,
): Promise<Removal> {
  const object = `client ${clientId}`;
  const found = await findClient(platform.keycloak, clientId, signal);
  if (!found) {
    return { system: SYSTEM, object, result: 'absent' };
  }
  if (found.mark !== instance.mark) {
    return { system: SYSTEM, object, result: 'kept', detail: FOREIGN };
  }
  await deleteClient(platform.keycloak, { id: found.id, clientId }, signal);
  return { system: SYSTEM, object, result: 'removed' };
}

async function removeGroup(
  { instance, platform, signal }: IdentityContext,
  name: string,
): Promise<Removal> {
  const object = `group ${name}`;
  const groups = await findGroups(platform.keycloak, name, signal);
  const found = groups.find(group => group.path === `/${name}`);
  if (!found) {
    return { system: SYSTEM, object, result: 'absent' };
  }
  if (found.mark !== instance.mark) {
    return { system: SYSTEM, object, result: 'kept', detail: FOREIGN };
  }
  await deleteGroup(platform.keycloak, found, signal);
  return { system: SYSTEM, object, result: 'removed' };
}

async function removeMembersScope(
  { instance, platform, signal }: IdentityContext,
  scopes: ScopeState[],
): Promise<Removal> {
  const name = membersScope(instance);
  const object = `client scope ${name}`;
  const found = scopes.find(scope => scope.name === name);
  if (!found) {
    return { system: SYSTEM, object, result: 'absent' };
  }
  if (found.mark !== instance.mark) {
    return { system: SYSTEM, object, result: 'kept', detail: FOREIGN };
  }
  await deleteScope(platform.keycloak, found, signal);
  return { system: SYSTEM, object, result: 'removed' };
}

/** Keycloak would delete the scope even while clients need it. */
async function removeGroupsScope(
  { instance, platform, signal }: IdentityContext,
  scopes: ScopeState[],
): Promise<Removal> {
  const object = `client scope ${GROUPS_SCOPE}`;
  const { keycloak } = platform;
  const found = scopes.find(scope => scope.name === GROUPS_SCOPE);
  if (!found) {
    return { system: SYSTEM, object, result: 'absent' };
  }
  if (found.mark !== platformMark(instance)) {
    return { system: SYSTEM, object, result: 'kept', detail: FOREIGN };
  }
  const [user] = await clientsWithScope(keycloak, GROUPS_SCOPE, signal);
  if (user !== undefined) {
    return {
      system: SYSTEM,
      object,
      result: 'kept',
      detail: `client ${user} needs it`,
    };
  }
  await deleteScope(keycloak, found, signal);
  return { system: SYSTEM, object, result: 'removed' };
}

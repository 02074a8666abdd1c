import { ServiceUnavailableError } from '@backstage/errors';
import {
  addDefaultScope,
  ClientState,
  createClient,
  findClient,
  updateClient,
} from '../systems/keycloak/clients';
import { createGroup, findGroups } from '../systems/keycloak/groups';
import { deleteMapper, setMapper } from '../systems/keycloak/mappers';
import {
  createScope,
  listScopes,
  ScopeState,
  setScopeMapper,
} from '../systems/keycloak/scopes';
import {
  joinGroup,
  leaveGroup,
  readNewServiceAccount,
  readServiceAccount,
  setEmail,
} from '../systems/keycloak/serviceAccounts';
import { settled } from '../systems/settled';
import type { IdentityContext } from './identity';
import {
  clientDifferences,
  groupsMapperOf,
  scopeDifferences,
} from './identityDifferences';
import {
  IdentityObserved,
  provisionerDifferences,
  readerDifferences,
  realmClients,
} from './identityPlan';
import {
  CLIENT_KINDS,
  ClientKind,
  GROUPS_MAPPER,
  GROUPS_SCOPE,
  platformMark,
  readerEmail,
  WantedClient,
} from './identityWanted';
import { assertMark } from './marks';

const SYSTEM = 'Keycloak';

/**
 * The scope `groups` of the realm.
 *
 * @returns all scopes of the realm
 */
export async function ensureScope(
  ctx: IdentityContext,
  observed: IdentityObserved,
): Promise<ScopeState[]> {
  const { instance, signal } = ctx;
  const { keycloak } = ctx.platform;
  const mark = platformMark(instance);
  const found = groupsScope(observed.scopes);
  if (found && scopeDifferences(found).length === 0) {
    return observed.scopes;
  }
  if (!found) {
    await createScope(
      keycloak,
      {
        name: GROUPS_SCOPE,
        description: 'Names of the groups that a user is a member of',
        mark,
        named: true,
        mappers: [GROUPS_MAPPER],
      },
      signal,
    );
  }
  const scopes = await listScopes(keycloak, signal);
  const scope = groupsScope(scopes);
  // Another instance may have made it at the same moment: then it is right.
  if (scope && scopeDifferences(scope).length > 0) {
    assertMark(SYSTEM, `client scope ${GROUPS_SCOPE}`, scope.mark, mark);
    await setScopeMapper(
      keycloak,
      scope,
      GROUPS_MAPPER,
      groupsMapperOf(scope),
      signal,
    );
  }
  return scopes;
}

/** @returns ids of the two groups */
export async function ensureGroups(
  ctx: IdentityContext,
  observed: IdentityObserved,
): Promise<Record<'admin' | 'user', string>> {
  const { adminGroup, userGroup } = ctx.instance.names;
  const [admin, user] = await settled([
    ensureGroup(ctx, adminGroup, observed.groups.admin[0]?.id),
    ensureGroup(ctx, userGroup, observed.groups.user[0]?.id),
  ]);
  return { admin, user };
}

/** @returns ids of the clients */
export async function ensureClients(
  ctx: IdentityContext,
  observed: IdentityObserved,
  scopes: ScopeState[],
): Promise<Record<ClientKind, string>> {
  const wanted = realmClients(ctx.instance, scopes);
  const [login, cli, reader, provisioner] = await settled(
    CLIENT_KINDS.map(kind =>
      ensureClient(ctx, wanted[kind], observed.clients[kind], scopes),
    ),
  );
  return { login, cli, reader, provisioner };
}

/** Address and groups of the two service accounts. */
export async function ensureAccounts(
  ctx: IdentityContext,
  observed: IdentityObserved,
  clients: Record<ClientKind, string>,
  groups: Record<'admin' | 'user', string>,
): Promise<void> {
  const { instance, signal } = ctx;
  const { keycloak } = ctx.platform;
  const { names } = instance;
  const account = (kind: 'reader' | 'provisioner', clientId: string) => {
    const client = { id: clients[kind], clientId };
    const known = observed.accounts[kind];
    if (known) {
      return known;
    }
    return observed.clients[kind]
      ? readServiceAccount(keycloak, client, signal)
      : readNewServiceAccount(keycloak, client, signal);
  };

  const reader = async () => {
    const clientId = names.readerClient;
    const found = await account('reader', clientId);
    if (readerDifferences(instance, found).length === 0) {
      return;
    }
    if (found.groups.includes(`/${names.adminGroup}`)) {
      await leaveGroup(
        keycloak,
        { id: found.id, clientId },
        groups.admin,
        signal,
      );
    }
    if (found.email !== readerEmail(instance)) {
      await setEmail(
        keycloak,
        { id: found.id, clientId },
        readerEmail(instance),
        signal,
      );
    }
  };
  const provisioner = async () => {
    const clientId = names.provisionerClient;
    const found = await account('provisioner', clientId);
    if (provisionerDifferences(instance, found).length > 0) {
      await joinGroup(
        keycloak,
        { id: found.id, clientId },
        groups.admin,
        signal,
      );
    }
  };
  await settled([reader(), provisioner()]);
}

async function ensureGroup(
  ctx: IdentityContext,
  name: string,
  known: string | undefined,
): Promise<string> {
  if (known) {
    return known;
  }
  const { instance, signal } = ctx;
  const { keycloak } = ctx.platform;
  const made = await createGroup(keycloak, name, instance.mark, signal);
  if (made) {
    return made;
  }
  const groups = await findGroups(keycloak, name, signal);
  const group = groups.find(g => g.path === `/${name}`);
  assertMark(SYSTEM, `group ${name}`, group?.mark, instance.mark);
  return group?.id ?? '';
}

async function ensureClient(
  ctx: IdentityContext,
  wanted: WantedClient,
  known: ClientState | undefined,
  scopes: ScopeState[],
): Promise<string> {
  const { instance, signal } = ctx;
  const { keycloak } = ctx.platform;
  const { clientId } = wanted;
  if (known && clientDifferences(known, wanted).reasons.length === 0) {
    return known.id;
  }
  if (!known) {
    const made = await createClient(
      keycloak,
      clientId,
      {
        ...wanted.fields,
        attributes: Object.fromEntries(
          Object.entries(wanted.attributes).filter(([, value]) => value !== ''),
        ),
        defaultScopes: wanted.defaultScopes,
        optionalScopes: wanted.optionalScopes,
        mappers: wanted.mapper ? [wanted.mapper] : [],
      },
      signal,
    );
    if (made) {
      return made;
    }
  }
  const found = await findClient(keycloak, clientId, signal);
  if (!found) {
    throw new ServiceUnavailableError(
      `Keycloak: client ${clientId} was removed while it was being made. Run it again.`,
    );
  }
  assertMark(SYSTEM, `client ${clientId}`, found.mark, instance.mark);
  const { input, missingScopes, mapper, refusedMappers } = clientDifferences(
    found,
    wanted,
  );
  if (Object.keys(input).length > 0) {
    await updateClient(keycloak, clientId, instance.mark, input, signal);
  }
  for (const scope of scopes.filter(s => missingScopes.includes(s.name))) {
    await addDefaultScope(keycloak, { id: found.id, clientId }, scope, signal);
  }
  if (mapper && wanted.mapper) {
    await setMapper(keycloak, { ...found, clientId }, wanted.mapper, signal);
  }
  for (const refused of refusedMappers) {
    await deleteMapper(keycloak, { id: found.id, clientId }, refused, signal);
  }
  return found.id;
}

function groupsScope(scopes: ScopeState[]): ScopeState | undefined {
  return scopes.find(scope => scope.name === GROUPS_SCOPE);
}

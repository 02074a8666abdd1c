import { ClientState } from '../systems/keycloak/clients';
import { GroupState } from '../systems/keycloak/groups';
import { ScopeState } from '../systems/keycloak/scopes';
import { AccountState } from '../systems/keycloak/serviceAccounts';
import { clientDifferences, scopeDifferences } from './identityDifferences';
import { MembersObserved, planMembers } from './identityMembersPlan';
import {
  CLIENT_KINDS,
  ClientKind,
  GROUPS_SCOPE,
  platformMark,
  readerEmail,
  WantedClient,
  wantedClients,
} from './identityWanted';
import { foreign, foundMark, updateOrKeep, withConflicts } from './marks';
import { Change, Instance } from './Step';

/** What is there of an instance in Keycloak. Holds no secret. */
export interface IdentityObserved {
  scopes: ScopeState[];
  clients: Record<ClientKind, ClientState | undefined>;
  accounts: Record<'reader' | 'provisioner', AccountState | undefined>;
  /** All groups of that name, at whatever depth. */
  groups: Record<'admin' | 'user', GroupState[]>;
  members: MembersObserved;
  secrets: {
    /** Keys that are missing or differ from what Keycloak holds. */
    wrongOidcKeys: string[];
    flask: boolean;
    /** Secrets of these names that are not the instance's. */
    foreign?: Change[];
  };
}

const SYSTEM = 'Keycloak';

/** What the step will do about scope, clients, groups and secrets. */
export function planIdentity(
  instance: Instance,
  observed: IdentityObserved,
): Change[] {
  const wanted = realmClients(instance, observed.scopes);
  const { names } = instance;
  const changes = [
    planScope(instance, observed.scopes),
    ...CLIENT_KINDS.map(kind =>
      planClient(instance, wanted[kind], observed.clients[kind]),
    ),
    planGroup(instance, names.adminGroup, observed.groups.admin),
    planGroup(instance, names.userGroup, observed.groups.user),
    ...planMembers(instance, observed.members),
    planAccount(
      names.readerClient,
      observed.accounts.reader,
      readerDifferences(instance, observed.accounts.reader),
    ),
    planAccount(
      names.provisionerClient,
      observed.accounts.provisioner,
      provisionerDifferences(instance, observed.accounts.provisioner),
    ),
    planSecret(
      names.secrets.oidc,
      observed.secrets.wrongOidcKeys,
      observed.clients.login !== undefined,
    ),
    planSecret(
      names.secrets.flask,
      observed.secrets.flask ? [] : ['MLFLOW_FLASK_SERVER_SECRET_KEY'],
      false,
    ),
  ];
  return withConflicts(changes, observed.secrets.foreign);
}

/**
 * The clients as this realm can have them: old versions of Keycloak lack some
 * of the built-in scopes.
 */
export function realmClients(
  instance: Instance,
  scopes: ScopeState[],
): Record<ClientKind, WantedClient> {
  const known = [GROUPS_SCOPE, ...scopes.map(scope => scope.name)];
  const limited = (client: WantedClient): WantedClient => ({
    ...client,
    defaultScopes: client.defaultScopes.filter(s => known.includes(s)),
    optionalScopes: client.optionalScopes.filter(s => known.includes(s)),
  });
  const { login, cli, reader, provisioner } = wantedClients(instance);
  return {
    login: limited(login),
    cli: limited(cli),
    reader: limited(reader),
    provisioner: limited(provisioner),
  };
}

/** What the reader's service account lacks, for people. */
export function readerDifferences(
  instance: Instance,
  account: AccountState | undefined,
): string[] {
  if (!account) {
    return [];
  }
  return [
    ...(account.email === readerEmail(instance) ? [] : ['has another email']),
    ...(account.groups.includes(`/${instance.names.adminGroup}`)
      ? ['must not be an administrator']
      : []),
  ];
}

/** What the provisioner's service account lacks, for people. */
export function provisionerDifferences(
  instance: Instance,
  account: AccountState | undefined,
): string[] {
  const { adminGroup } = instance.names;
  return !account || account.groups.includes(`/${adminGroup}`)
    ? []
    : [`is not in group ${adminGroup}`];
}

function planScope(instance: Instance, scopes: ScopeState[]): Change {
  const object = `client scope ${GROUPS_SCOPE}`;
  const found = scopes.find(scope => scope.name === GROUPS_SCOPE);
  if (!found) {
    return { system: SYSTEM, object, action: 'create' };
  }
  const differences = scopeDifferences(found);
  if (differences.length > 0 && found.mark !== platformMark(instance)) {
    return {
      system: SYSTEM,
      object,
      action: 'conflict',
      detail: `MLflow cannot use it as it is: it ${differences.join('; ')}`,
      found: foundMark(found.mark),
    };
  }
  return updateOrKeep(SYSTEM, object, differences);
}

function planClient(
  instance: Instance,
  wanted: WantedClient,
  found: ClientState | undefined,
): Change {
  const object = `client ${wanted.clientId}`;
  if (!found) {
    return { system: SYSTEM, object, action: 'create' };
  }
  if (found.mark !== instance.mark) {
    return foreign(SYSTEM, object, found.mark);
  }
  return updateOrKeep(SYSTEM, object, clientDifferences(found, wanted).reasons);
}

function planGroup(
  instance: Instance,
  name: string,
  found: GroupState[],
): Change {
  const object = `group ${name}`;
  const nested = found.find(group => group.path !== `/${name}`);
  if (nested) {
    // The claim holds the bare name: members of both would be the same to MLflow.
    return {
      system: SYSTEM,
      object,
      action: 'conflict',
      detail: `${nested.path} has the same name, and MLflow would take its members for those of this group`,
      found: nested.path,
    };
  }
  if (found.length === 0) {
    return { system: SYSTEM, object, action: 'create' };
  }
  return found[0].mark === instance.mark
    ? { system: SYSTEM, object, action: 'keep' }
    : foreign(SYSTEM, object, found[0].mark);
}

function planAccount(
  clientId: string,
  account: AccountState | undefined,
  differences: string[],
): Change {
  const object = `service account of ${clientId}`;
  return account
    ? updateOrKeep(SYSTEM, object, differences)
    : { system: SYSTEM, object, action: 'create' };
}

function planSecret(
  name: string,
  wrongKeys: string[],
  exists: boolean,
): Change {
  const object = `secret ${name}`;
  if (wrongKeys.length === 0) {
    return { system: 'Kubernetes', object, action: 'keep' };
  }
  return {
    system: 'Kubernetes',
    object,
    action: exists ? 'update' : 'create',
    detail: wrongKeys.join(', '),
  };
}

import { writeFileSync } from 'node:fs';
import { PORTAL_URL, REALM } from './addresses.ts';
import { SandboxError } from './errors.ts';
import { KeycloakClient } from './keycloak-client.ts';
import type { KeycloakAccess } from './keycloak-client.ts';
import type { keycloakClient } from './portal-setup.ts';
import type { SecretName, Secrets } from './secrets.ts';

/** The demo organisation: roles, no people. */
export const USERS: { role: string; group: string; secret: SecretName }[] = [
  { role: 'owner', group: 'team-a', secret: 'userOwner' },
  { role: 'member', group: 'team-a', secret: 'userMember' },
  { role: 'outsider', group: 'team-b', secret: 'userOutsider' },
  { role: 'admin', group: 'platform', secret: 'userAdmin' },
];
export const GROUPS = ['platform', 'team-a', 'team-b'];

interface ClientSpec {
  clientId: string;
  secret: SecretName;
  content: Record<string, unknown>;
  /** Roles of the client `realm-management` for its service account. */
  roles: string[];
}

const SERVICE_ACCOUNT = {
  standardFlowEnabled: false,
  serviceAccountsEnabled: true,
};

export const CLIENTS: ClientSpec[] = [
  {
    clientId: 'backstage',
    secret: 'clientBackstage',
    content: {
      standardFlowEnabled: true,
      serviceAccountsEnabled: false,
      redirectUris: [`${PORTAL_URL}/api/auth/oidc/handler/frame`],
      webOrigins: [PORTAL_URL],
    },
    roles: [],
  },
  {
    clientId: 'backstage-catalog',
    secret: 'clientCatalog',
    content: SERVICE_ACCOUNT,
    roles: ['view-users', 'query-users', 'query-groups'],
  },
];

/** A user as Keycloak takes it: a whole profile, so that no page asks for the rest at the first login. */
export function userContent(role: string) {
  return {
    username: `${role}@example.com`,
    email: `${role}@example.com`,
    emailVerified: true,
    enabled: true,
    firstName: role[0].toUpperCase() + role.slice(1),
    lastName: 'Role',
    requiredActions: [],
  };
}

interface HasId {
  id: string;
}
interface Named extends HasId {
  name: string;
}

const CONFLICT = [409];

async function ensureClient(
  kc: KeycloakClient,
  spec: ClientSpec,
  secrets: Secrets,
) {
  const find = async () =>
    (
      await kc.call<HasId[]>(
        'GET',
        `/${REALM}/clients?clientId=${spec.clientId}`,
      )
    )?.[0];
  const content = {
    clientId: spec.clientId,
    secret: secrets[spec.secret],
    protocol: 'openid-connect',
    enabled: true,
    publicClient: false,
    directAccessGrantsEnabled: false,
    ...spec.content,
  };
  const known = await find();
  if (known) await kc.call('PUT', `/${REALM}/clients/${known.id}`, content);
  else await kc.call('POST', `/${REALM}/clients`, content, CONFLICT);
  if (!spec.roles.length) return;
  const client = known ?? (await find());
  const management = (
    await kc.call<HasId[]>('GET', `/${REALM}/clients?clientId=realm-management`)
  )?.[0];
  if (!client || !management)
    throw new SandboxError(
      `Keycloak: client ${spec.clientId} is not there after its creation`,
    );
  const account = await kc.call<HasId>(
    'GET',
    `/${REALM}/clients/${client.id}/service-account-user`,
  );
  const roles =
    (await kc.call<Named[]>(
      'GET',
      `/${REALM}/clients/${management.id}/roles`,
    )) ?? [];
  await kc.call(
    'POST',
    `/${REALM}/users/${account?.id}/role-mappings/clients/${management.id}`,
    roles.filter(role => spec.roles.includes(role.name)),
  );
}

async function ensureGroup(kc: KeycloakClient, name: string): Promise<string> {
  const find = () =>
    kc.call<HasId>('GET', `/${REALM}/group-by-path/${name}`, undefined, [404]);
  if (!(await find()))
    await kc.call('POST', `/${REALM}/groups`, { name }, CONFLICT);
  const group = await find();
  if (!group)
    throw new SandboxError(
      `Keycloak: group ${name} is not there after its creation`,
    );
  return group.id;
}

async function ensureUser(
  kc: KeycloakClient,
  role: string,
  password: string,
  groupId: string,
) {
  const content = userContent(role);
  const find = async () =>
    (
      await kc.call<HasId[]>(
        'GET',
        `/${REALM}/users?username=${encodeURIComponent(
          content.username,
        )}&exact=true`,
      )
    )?.[0];
  let user = await find();
  if (user) {
    await kc.call('PUT', `/${REALM}/users/${user.id}`, content);
  } else {
    const credentials = [
      { type: 'password', value: password, temporary: false },
    ];
    await kc.call(
      'POST',
      `/${REALM}/users`,
      { ...content, credentials },
      CONFLICT,
    );
    user = await find();
  }
  await kc.call('PUT', `/${REALM}/users/${user?.id}/groups/${groupId}`);
}

/**
 * Brings the realm to what the sandbox wants, whatever was there: groups,
 * users by role, clients with their rights; and writes the users' file. What
 * others added to the realm stays.
 *
 * @param portal - the portal's client, as adopters make it
 */
export async function ensureRealm(
  access: KeycloakAccess,
  secrets: Secrets,
  usersFile: string,
  portal: ReturnType<typeof keycloakClient>,
) {
  const kc = await KeycloakClient.login(access);
  const realm = {
    realm: REALM,
    enabled: true,
    displayName: 'MLflow sandbox',
    sslRequired: 'all',
    accessTokenLifespan: 300,
  };
  if (await kc.call('GET', `/${REALM}`, undefined, [404]))
    await kc.call('PUT', `/${REALM}`, realm);
  else await kc.call('POST', '', realm, CONFLICT);
  const groups = new Map<string, string>();
  await Promise.all([
    ...CLIENTS.map(spec => ensureClient(kc, spec, secrets)),
    ensureClient(
      kc,
      {
        clientId: 'mlflow-provisioner',
        secret: 'clientProvisioner',
        ...portal,
      },
      secrets,
    ),
    ...GROUPS.map(async name => groups.set(name, await ensureGroup(kc, name))),
  ]);
  await Promise.all(
    USERS.map(({ role, group, secret }) =>
      ensureUser(kc, role, secrets[secret], groups.get(group) ?? ''),
    ),
  );
  const users = USERS.map(({ role, group, secret }) => ({
    role,
    username: userContent(role).username,
    password: secrets[secret],
    groups: [group],
  }));
  writeFileSync(usersFile, `${JSON.stringify(users, null, 2)}\n`, {
    mode: 0o600,
  });
}

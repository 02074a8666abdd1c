import { findClientRole } from '../systems/keycloak/clientRoles';
import { findClient } from '../systems/keycloak/clients';
import { AdminCall } from '../systems/keycloak/KeycloakClient';
import {
  listScopeRoles,
  removeScopeRole,
} from '../systems/keycloak/scopeRoles';
import { listScopes } from '../systems/keycloak/scopes';
import { testInstance } from '../__testUtils__/instance';
import { inGroup, tokensFor } from '../__testUtils__/keycloakTokens';
import { contextOf, sandboxPlatform } from '../__testUtils__/stepContext';
import { identityStep } from './identity';
import { namespaceStep } from './namespace';
import { runStep } from './runStep';

const platform = sandboxPlatform();
const { keycloak } = platform;
const instance = testInstance();
const { names } = instance;
const ctx = contextOf(instance, platform);
const call: AdminCall = {
  what: 'prepare a test',
  role: 'manage-clients',
  signal: ctx.signal,
};

const idOf = async (clientId: string) =>
  (await findClient(keycloak, clientId, ctx.signal))?.id ?? '';

/** Whom a token is made out to that somebody gets on a terminal. */
const audience = async (role: string) =>
  (await tokensFor(keycloak, call, names.cliClient, role)).access.aud;

/** What the step does, but to the scope that all instances share. */
const changes = async () =>
  (await runStep(identityStep, ctx)).filter(
    ({ action, object }) =>
      action !== 'keep' && object !== 'client scope groups',
  );

beforeAll(async () => {
  await runStep(namespaceStep, ctx);
  await runStep(identityStep, ctx);
  await inGroup(keycloak, call, 'owner', names.adminGroup);
});

afterAll(async () => {
  await identityStep.remove(ctx, { data: 'delete' });
  await namespaceStep.remove(ctx, { data: 'delete' });
  await platform.close();
});

it('makes the token of a terminal out to MLflow for members alone', async () => {
  expect(await audience('owner')).toEqual([names.client]);
  expect(await audience('outsider')).toEqual([]);

  const leave = await inGroup(keycloak, call, 'outsider', names.userGroup);
  expect(await audience('outsider')).toEqual([names.client]);
  await leave();
  expect(await audience('outsider')).toEqual([]);
});

it('lets no other client of the realm have a token for MLflow', async () => {
  // As most clients are: all roles of a person are in the scope of its tokens.
  const other = `${names.client}-other`;
  const { id } = await keycloak.call(call, admin =>
    admin.clients.create({ clientId: other, fullScopeAllowed: true }),
  );

  try {
    const { access } = await tokensFor(keycloak, call, other, 'owner');
    // Keycloak names the clients whose roles the person has.
    expect(access.aud).toContain(names.cliClient);
    expect(access.aud).not.toContain(names.client);
  } finally {
    await keycloak.call(call, admin => admin.clients.del({ id }));
  }
});

it('adopts a terminal client that gave everybody the audience', async () => {
  const id = await idOf(names.cliClient);
  const scopes = await listScopes(keycloak, ctx.signal);
  const scopeId = scopes.find(({ name }) => name === names.cliClient)?.id ?? '';
  await keycloak.call(call, async admin => {
    await admin.clientScopes.del({ id: scopeId });
    await admin.clients.delRole({ id, roleName: 'member' });
    await admin.clients.addProtocolMapper(
      { id },
      {
        name: 'mlflow-audience',
        protocol: 'openid-connect',
        protocolMapper: 'oidc-audience-mapper',
        config: {
          'included.client.audience': names.client,
          'access.token.claim': 'true',
        },
      },
    );
  });
  expect(await audience('outsider')).toEqual([names.client]);

  await changes();

  expect(await audience('outsider')).toEqual([]);
  expect(await audience('owner')).toEqual([names.client]);
  expect(await changes()).toEqual([]);
});

it('ties the audience to membership again when somebody cut it loose', async () => {
  const { signal } = ctx;
  const scopes = await listScopes(keycloak, signal);
  const scope = scopes.find(({ name }) => name === names.cliClient);
  const { id } = scope ?? { id: '' };
  const account = { id: await idOf('account'), clientId: 'account' };
  const everybodys = 'view-profile';
  const role = await findClientRole(keycloak, account, everybodys, signal);
  const [member] = await listScopeRoles(keycloak, { id, name: '' }, signal);
  await removeScopeRole(keycloak, { id, name: '' }, member, signal);
  await keycloak.call(call, async admin => {
    await admin.clientScopes.addClientScopeMappings(
      { id, client: account.id },
      role ? [role] : [],
    );
    await admin.clients.delDefaultClientScope({
      id: await idOf(names.cliClient),
      clientScopeId: id,
    });
  });

  expect(await changes()).toEqual([
    {
      system: 'Keycloak',
      object: `client scope ${names.cliClient}`,
      action: 'update',
      detail: `is not tied to role member; takes role view-profile for membership; client ${names.cliClient} lacks it`,
    },
  ]);
  expect(await audience('outsider')).toEqual([]);
  expect(await changes()).toEqual([]);
});

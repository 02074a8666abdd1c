import { testInstance } from '../../__testUtils__/instance';
import { OwnRealm, ownRealm, REALM_MS } from '../../__testUtils__/ownRealm';
import { contextOf } from '../../__testUtils__/stepContext';
import { healthyFacts } from '../../__testUtils__/facts';
import { identityStep } from '../../steps/identity';
import { namespaceStep } from '../../steps/namespace';
import { runStep } from '../../steps/runStep';
import { StepContext } from '../../steps/Step';
import { findClient } from '../../systems/keycloak/clients';
import { findGroups } from '../../systems/keycloak/groups';
import { AdminCall } from '../../systems/keycloak/KeycloakClient';
import { listScopes, ScopeState } from '../../systems/keycloak/scopes';
import { diagnose } from '../diagnose';
import { IDENTITY_CAUSES } from '../identityCauses';
import { gatherIdentity } from './gatherIdentity';
import { IdentityFacts } from './identityFacts';

/** Longer than Keycloak stands still when the machine is busy. */
const PATIENCE = 5;

const instance = testInstance();
const { names } = instance;
let realm: OwnRealm;
let ctx: StepContext;
let call: AdminCall;

/** A busy Keycloak that takes longer than a look waits is asked again. */
const patiently = async (tries = PATIENCE): Promise<IdentityFacts> => {
  const facts = await gatherIdentity(ctx);
  const late =
    'problem' in facts.held && facts.held.problem.includes('no answer within');
  return late && tries > 1 ? patiently(tries - 1) : facts;
};

/** Causes that are found by what Keycloak tells alone: no server runs. */
const causes = async () => {
  const identity = { value: await patiently() };
  const silent = { problem: 'Nobody was asked.' };
  return diagnose(
    healthyFacts({
      instance,
      identity,
      server: silent,
      cluster: silent,
    }),
    IDENTITY_CAUSES,
  ).map(({ cause }) => cause);
};

const clientId = async () =>
  (await findClient(realm.platform.keycloak, names.client, ctx.signal))?.id ??
  '';

const groupsScope = async (): Promise<ScopeState> => {
  const scopes = await listScopes(realm.platform.keycloak, ctx.signal);
  const found = scopes.find(({ name }) => name === 'groups');
  if (!found) {
    throw new Error('The realm has no scope groups.');
  }
  return found;
};

const setMapper = async (config: Record<string, string>) => {
  const scope = await groupsScope();
  const [mapper] = scope.mappers;
  await realm.platform.keycloak.call(call, admin =>
    admin.clientScopes.updateProtocolMapper(
      { id: scope.id, mapperId: mapper.id ?? '' },
      {
        id: mapper.id,
        name: mapper.name,
        protocol: 'openid-connect',
        protocolMapper: mapper.type,
        config: { ...mapper.config, ...config },
      },
    ),
  );
};

/** The identity step mends what the repair would. */
const repaired = async () => {
  await runStep(identityStep, ctx);
  return causes();
};

beforeAll(async () => {
  realm = await ownRealm();
  const { platform, signal } = realm;
  ctx = { ...contextOf(instance, platform), signal };
  call = { what: 'break it', role: 'manage-clients', signal };
  await runStep(namespaceStep, ctx);
  await runStep(identityStep, ctx);
}, REALM_MS);

afterAll(async () => {
  await namespaceStep.remove(ctx, { data: 'delete' });
  await realm.remove();
}, REALM_MS);

it('finds nothing where the identity step was', async () => {
  const facts = await patiently();

  expect(facts).toMatchObject({
    discovery: { ok: true },
    held: {
      value: {
        clientOfSecret: names.client,
        secretMatches: true,
        groups: [
          { name: names.adminGroup, admin: true, exists: true, homonyms: [] },
          { name: names.userGroup, admin: false, exists: true, homonyms: [] },
        ],
      },
    },
  });
  expect(await causes()).toEqual([]);
});

it('takes no secret away with it', async () => {
  const said = JSON.stringify(await patiently());
  const held = await realm.platform.secrets.read(instance, names.secrets.oidc);
  const { OIDC_CLIENT_ID, ...secrets } = held ?? {};
  const values = Object.values(secrets);

  expect(values.length).toBeGreaterThan(3);
  expect(values.filter(value => said.includes(value))).toEqual([]);
});

it('counts for no failed login', async () => {
  await realm.admin('PUT', `${realm.path}/events/config`, {
    eventsEnabled: true,
  });
  await gatherIdentity(ctx);
  expect(
    await realm.admin('GET', `${realm.path}/events?type=LOGIN_ERROR`),
  ).toEqual([]);
  expect(
    await realm.admin('GET', `${realm.path}/events?type=CODE_TO_TOKEN_ERROR`),
  ).toEqual([]);
});

it('finds a redirect URI that Keycloak does not allow', async () => {
  const id = await clientId();
  await realm.admin('PUT', `${realm.path}/clients/${id}`, {
    clientId: names.client,
    redirectUris: ['https://elsewhere.example.com/callback'],
  });
  expect(await causes()).toEqual(['redirect-uri-mismatch']);
  expect(await repaired()).toEqual([]);
});

it('finds a client that is disabled', async () => {
  const id = await clientId();
  await realm.admin('PUT', `${realm.path}/clients/${id}`, {
    clientId: names.client,
    enabled: false,
  });
  expect(await causes()).toEqual(['client-disabled']);
  expect(await repaired()).toEqual([]);
});

it('finds another secret', async () => {
  const id = await clientId();
  await realm.platform.keycloak.call(call, admin =>
    admin.clients.generateNewClientSecret({ id }),
  );
  expect(await causes()).toEqual(['wrong-client-secret']);
  expect(await repaired()).toEqual([]);
});

it('finds a scope that the client lost', async () => {
  const id = await clientId();
  const { id: clientScopeId } = await groupsScope();
  await realm.platform.keycloak.call(call, admin =>
    admin.clients.delDefaultClientScope({ id, clientScopeId }),
  );
  expect(await causes()).toEqual(['groups-scope-missing']);
  expect(await repaired()).toEqual([]);
});

it('finds a scope that the realm lost', async () => {
  const { id } = await groupsScope();
  await realm.platform.keycloak.call(call, admin =>
    admin.clientScopes.del({ id }),
  );
  expect(await causes()).toEqual(['groups-scope-missing']);
  expect(await repaired()).toEqual([]);
});

it('finds a mapper that is gone, keeps groups from the ID token or writes paths', async () => {
  await setMapper({ 'id.token.claim': 'false' });
  expect(await causes()).toEqual(['groups-mapper-not-in-id-token']);
  expect(await repaired()).toEqual([]);

  await setMapper({ 'full.path': 'true' });
  expect(await causes()).toEqual(['groups-mapper-full-path']);
  expect(await repaired()).toEqual([]);

  const { id, mappers } = await groupsScope();
  await realm.platform.keycloak.call(call, admin =>
    admin.clientScopes.delProtocolMapper({
      id,
      mapperId: mappers[0].id ?? '',
    }),
  );
  expect(await causes()).toEqual(['groups-mapper-missing']);
  expect(await repaired()).toEqual([]);
});

it('finds a group that is gone, and one that looks like ours', async () => {
  const { keycloak } = realm.platform;
  const [{ id }] = await findGroups(keycloak, names.userGroup, ctx.signal);
  await keycloak.call(call, admin => admin.groups.del({ id }));
  expect(await causes()).toEqual(['group-missing']);
  expect(await repaired()).toEqual([]);

  const other = await keycloak.call(call, async admin => {
    const made = await admin.groups.create({ name: 'team' });
    await admin.groups.createChildGroup(made, { name: names.adminGroup });
    return made;
  });
  expect(await causes()).toEqual(['group-homonym']);
  await keycloak.call(call, admin => admin.groups.del(other));
});

it('finds a client that is gone', async () => {
  const id = await clientId();
  await realm.platform.keycloak.call(call, admin => admin.clients.del({ id }));
  expect(await causes()).toEqual(['client-missing']);
  expect(await repaired()).toEqual([]);
});

it('ends with the look', async () => {
  const gone = AbortSignal.abort(new Error('nobody looks any more'));
  await expect(gatherIdentity({ ...ctx, signal: gone })).rejects.toThrow(
    'nobody looks any more',
  );
});

it('finds a realm that is gone', async () => {
  await realm.admin('DELETE', realm.path);

  const { discovery, held } = await patiently();

  expect(discovery).toMatchObject({ ok: false, status: 404 });
  expect(held).toHaveProperty('problem');
  expect(await causes()).toEqual(['realm-missing']);
});

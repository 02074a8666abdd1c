import { findClient } from '../systems/keycloak/clients';
import { AdminCall } from '../systems/keycloak/KeycloakClient';
import { crashEverywhere, crashing } from '../__testUtils__/crash';
import {
  homonymElsewhere,
  homonymOf,
  testInstance,
} from '../__testUtils__/instance';
import { inGroup, tokensFor } from '../__testUtils__/keycloakTokens';
import { contextOf, sandboxPlatform } from '../__testUtils__/stepContext';
import { identityStep } from './identity';
import { readerEmail } from './identityWanted';
import { namespaceStep } from './namespace';
import { runStep } from './runStep';
import { Change, Instance } from './Step';

const platform = sandboxPlatform();
const { keycloak, secrets } = platform;
const instance = testInstance();
const { names, spec } = instance;
const ctx = contextOf(instance, platform);
const call: AdminCall = {
  what: 'prepare a test',
  role: 'manage-clients',
  signal: ctx.signal,
};

/** The scope `groups` is the realm's: other instances may have made it. */
const ownChanges = (changes: Change[]) =>
  changes.filter(({ object }) => object !== 'client scope groups');
const actions = async (of: Instance = instance) =>
  ownChanges(await runStep(identityStep, contextOf(of, platform))).map(
    ({ action }) => action,
  );
const client = (clientId: string) => findClient(keycloak, clientId, ctx.signal);
const idOf = async (clientId: string) => (await client(clientId))?.id ?? '';
const oidcSecret = () => secrets.read(instance, names.secrets.oidc);
const keycloakSecret = async () => {
  const id = await idOf(names.client);
  return keycloak.call(call, admin => admin.clients.getClientSecret({ id }));
};

/** What a token says; its signature is Keycloak's matter. */
const claimsOf = (token: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString());

beforeAll(async () => {
  await runStep(namespaceStep, ctx);
});

afterAll(async () => {
  await identityStep.remove(ctx, { data: 'delete' });
  await namespaceStep.remove(ctx, { data: 'delete' });
  await platform.close();
});

it('makes clients, groups and secrets, and finds nothing to do again', async () => {
  expect(new Set(await actions())).toEqual(new Set(['create']));
  expect(new Set(await actions())).toEqual(new Set(['keep']));
});

it('makes a login client that can do nothing but log people in', async () => {
  expect(await client(names.client)).toMatchObject({
    publicClient: false,
    standardFlowEnabled: true,
    implicitFlowEnabled: false,
    directAccessGrantsEnabled: false,
    serviceAccountsEnabled: false,
    redirectUris: [`https://${spec.host}/callback`],
    webOrigins: [`https://${spec.host}`],
    attributes: {
      'pkce.code.challenge.method': 'S256',
      'post.logout.redirect.uris': `https://${spec.host}/oidc/ui/auth`,
    },
    optionalScopes: ['offline_access'],
  });
});

it('puts groups into ID and access token of a login, and no audience', async () => {
  await inGroup(keycloak, call, 'owner', names.adminGroup);

  const tokens = await tokensFor(keycloak, call, names.client, 'owner');

  expect(tokens.id).toMatchObject({
    email: 'owner@example.com',
    groups: expect.arrayContaining([names.adminGroup]),
  });
  expect(tokens.access.groups).toContain(names.adminGroup);
  expect(tokens.access.aud).not.toContain(names.client);
});

it('allows device authorization to the terminal client, and nothing more', async () => {
  const grant = 'oauth2.device.authorization.grant.enabled';

  expect(await client(names.cliClient)).toMatchObject({
    publicClient: true,
    standardFlowEnabled: false,
    implicitFlowEnabled: false,
    directAccessGrantsEnabled: false,
    serviceAccountsEnabled: false,
    redirectUris: [],
    attributes: { [grant]: 'true' },
  });
  expect((await client(names.client))?.attributes[grant]).not.toBe('true');
});

it('gives the reader a token with an address and without any group', async () => {
  const claims = claimsOf(
    await keycloak.serviceAccountToken(names.readerClient, ctx.signal),
  );

  expect(claims).toMatchObject({
    aud: names.client,
    email: readerEmail(instance),
  });
  expect(claims).not.toHaveProperty('groups');
  expect(claims).not.toHaveProperty('realm_access');
});

it('makes an administrator of the provisioner while it is used, not longer', async () => {
  const token = () =>
    keycloak.serviceAccountToken(names.provisionerClient, ctx.signal);
  await expect(token()).rejects.toMatchObject({ name: 'NotAllowedError' });

  const claims = await keycloak.withEnabledClient(
    names.provisionerClient,
    instance.mark,
    ctx.signal,
    async () => claimsOf(await token()),
  );
  expect(claims).toMatchObject({
    aud: names.client,
    groups: [names.adminGroup],
  });
  expect(Number(claims.exp) - Number(claims.iat)).toBe(60);
  await expect(token()).rejects.toMatchObject({ name: 'NotAllowedError' });

  await expect(
    keycloak.withEnabledClient(
      names.provisionerClient,
      instance.mark,
      ctx.signal,
      () => Promise.reject(new Error('failed in between')),
    ),
  ).rejects.toThrow('failed in between');
  expect((await client(names.provisionerClient))?.enabled).toBe(false);
});

it('stores the secret of the client and keys in the form of the line', async () => {
  const held = await oidcSecret();

  expect(held).toMatchObject({
    OIDC_CLIENT_ID: names.client,
    OIDC_CLIENT_SECRET: (await keycloakSecret()).value,
    SECRET_KEY: expect.stringMatching(/^\S{43}$/),
    SESSION_TOKEN_ENCRYPTION_KEY: expect.stringMatching(/^\S{43}=$/),
  });
  expect(await secrets.read(instance, names.secrets.flask)).toEqual({
    MLFLOW_FLASK_SERVER_SECRET_KEY: expect.stringMatching(/^\S{43}$/),
  });
});

it('follows a secret that was renewed, and keeps all other keys', async () => {
  const before = await oidcSecret();
  const id = await idOf(names.client);
  await keycloak.call(call, admin =>
    admin.clients.generateNewClientSecret({ id }),
  );

  const changes = ownChanges(await runStep(identityStep, ctx));

  expect(changes.filter(({ action }) => action !== 'keep')).toEqual([
    {
      system: 'Kubernetes',
      object: `secret ${names.secrets.oidc}`,
      action: 'update',
      detail: 'OIDC_CLIENT_SECRET',
    },
  ]);
  const after = await oidcSecret();
  expect(after?.OIDC_CLIENT_SECRET).not.toBe(before?.OIDC_CLIENT_SECRET);
  expect({ ...after, OIDC_CLIENT_SECRET: '' }).toEqual({
    ...before,
    OIDC_CLIENT_SECRET: '',
  });
});

it('takes dangerous changes back and leaves harmless ones, and the secret', async () => {
  const secret = (await keycloakSecret()).value;
  const id = await idOf(names.client);
  const added = 'http://localhost:8080/callback';
  await keycloak.call(call, async admin => {
    const { secret: _secret, ...found } = (await admin.clients.findOne({
      id,
    })) ?? { secret: '' };
    await admin.clients.update(
      { id },
      {
        ...found,
        directAccessGrantsEnabled: true,
        redirectUris: [`https://${spec.host}/callback`, added],
        attributes: { login_theme: 'keycloak', 'mlflow.mark': instance.mark },
      },
    );
  });

  await runStep(identityStep, ctx);

  const repaired = await client(names.client);
  expect(repaired?.directAccessGrantsEnabled).toBe(false);
  expect(repaired?.redirectUris).toContain(added);
  expect(repaired?.attributes.login_theme).toBe('keycloak');
  expect((await keycloakSecret()).value).toBe(secret);
  expect(new Set(await actions())).toEqual(new Set(['keep']));
});

it('moves with host and line of the instance', async () => {
  const moved = testInstance({
    ...spec,
    host: `moved-${spec.host}`,
    line: '3.6',
  });
  const same = { ...moved, id: instance.id, mark: instance.mark };

  await runStep(identityStep, contextOf(same, platform));

  const found = await client(names.client);
  expect(found?.redirectUris).toContain(`https://moved-${spec.host}/callback`);
  expect(found?.redirectUris).not.toContain(`https://${spec.host}/callback`);
  expect(found?.attributes['pkce.code.challenge.method'] ?? '').toBe('');
  expect(new Set(await actions(same))).toEqual(new Set(['keep']));
  // Data may be encrypted with the keys of the other line: they stay.
  expect(await oidcSecret()).toHaveProperty('SESSION_TOKEN_ENCRYPTION_KEY');
  await runStep(identityStep, ctx);
});

it('leaves clients and groups of another owner alone', async () => {
  const before = await client(names.client);
  const other = contextOf(homonymOf(instance), platform);
  const elsewhere = contextOf(homonymElsewhere(instance), platform);

  await expect(runStep(identityStep, other)).rejects.toThrow(
    `secret ${names.secrets.oidc} is not ours (it belongs to ${instance.mark}). Kubernetes: secret ${names.secrets.flask} is not ours`,
  );
  await expect(runStep(identityStep, elsewhere)).rejects.toThrow(
    `client ${names.client} is not ours (belongs to ${instance.mark})`,
  );
  const removals = await identityStep.remove(other, { data: 'delete' });
  expect(new Set(removals.map(({ result }) => result))).toEqual(
    new Set(['kept']),
  );
  await expect(
    keycloak.withEnabledClient(
      names.provisionerClient,
      other.instance.mark,
      ctx.signal,
      async () => undefined,
    ),
  ).rejects.toMatchObject({ name: 'ConflictError' });
  expect(await client(names.client)).toEqual(before);
});

it('makes nothing before the instance has its namespace', async () => {
  const early = contextOf(testInstance(), platform);

  await expect(runStep(identityStep, early)).rejects.toThrow(
    `namespace ${early.instance.names.namespace} does not exist`,
  );
  expect(await client(early.instance.names.client)).toBeUndefined();
});

it('refuses when a group of the same name lies anywhere in the realm', async () => {
  const fresh = testInstance();
  const parent = `${fresh.names.adminGroup}-elsewhere`;
  const { id } = await keycloak.call(call, async admin => {
    const made = await admin.groups.create({ name: parent });
    await admin.groups.createChildGroup(made, {
      name: fresh.names.adminGroup,
    });
    return made;
  });

  try {
    await expect(
      runStep(identityStep, contextOf(fresh, platform)),
    ).rejects.toThrow(`/${parent}/${fresh.names.adminGroup} has the same name`);
    expect(await client(fresh.names.client)).toBeUndefined();
  } finally {
    await keycloak.call(call, admin => admin.groups.del({ id }));
  }
});

it('removes what is its own, and twice is once', async () => {
  const results = async () =>
    (await identityStep.remove(ctx, { data: 'delete' }))
      .filter(({ object }) => object !== 'client scope groups')
      .map(({ result }) => result);

  expect(new Set(await results())).toEqual(new Set(['removed']));
  expect(new Set(await results())).toEqual(new Set(['absent']));
});

it('is repaired by running it again, wherever it was cut off', async () => {
  const crashes = await crashEverywhere(
    fuse =>
      runStep(
        identityStep,
        contextOf(instance, {
          ...platform,
          keycloak: crashing(keycloak, fuse),
          secrets: crashing(secrets, fuse),
        }),
      ),
    { from: 10, step: 2 },
  );

  expect(crashes).toBeGreaterThan(3);
  expect(new Set(await actions())).toEqual(new Set(['keep']));
  expect((await oidcSecret())?.OIDC_CLIENT_SECRET).toBe(
    (await keycloakSecret()).value,
  );
});

it('never says a secret, in a plan, a line of progress or an error', async () => {
  const observed = await identityStep.observe(ctx);
  const error: unknown = await runStep(
    identityStep,
    contextOf(homonymOf(instance), platform),
  ).catch(e => e);
  const said = JSON.stringify([
    observed,
    identityStep.plan(instance, observed),
    ctx.lines,
    String(error),
  ]);
  const held = (await oidcSecret()) ?? {};

  const values = Object.entries(held)
    .filter(([key]) => key !== 'OIDC_CLIENT_ID')
    .map(([, value]) => value);
  expect(values.length).toBeGreaterThan(3);
  expect(values.filter(value => said.includes(value))).toEqual([]);
});

import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { BrowserSession } from '../__testUtils__/browserSession';
import { testInstance } from '../__testUtils__/instance';
import {
  actionsOf,
  contextOf,
  sandboxPlatform,
} from '../__testUtils__/stepContext';
import { identityStep } from './identity';
import { namespaceStep } from './namespace';

const platform = sandboxPlatform();
const { config, fetch, keycloak, secrets } = platform;
const instance = testInstance();
const ctx = contextOf(instance, platform);
const { client } = instance.names;
const redirect = `https://${instance.spec.host}/callback`;
const afterLogout = `https://${instance.spec.host}/oidc/ui/auth`;

const metadata = z.object({
  authorization_endpoint: z.string(),
  end_session_endpoint: z.string(),
});

let endpoints: z.infer<typeof metadata>;

beforeAll(async () => {
  await actionsOf(namespaceStep, ctx);
  await actionsOf(identityStep, ctx);
  const answer = await fetch(
    `${keycloak.issuer}/.well-known/openid-configuration`,
  );
  endpoints = metadata.parse(await answer.json());
});

afterAll(async () => {
  await identityStep.remove(ctx, { data: 'delete' });
  await namespaceStep.remove(ctx, { data: 'delete' });
  await platform.close();
});

const withQuery = (endpoint: string, query: Record<string, string>) =>
  `${endpoint}?${new URLSearchParams(query)}`;

function loginAddress(verifier: string, more: Record<string, string> = {}) {
  return withQuery(endpoints.authorization_endpoint, {
    client_id: client,
    redirect_uri: redirect,
    response_type: 'code',
    scope: 'openid profile email',
    state: 's',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...more,
  });
}

/** What mlflow-oidc-auth does at /callback. */
async function exchange(code: string, verifier: string) {
  const held = await secrets.read(instance, instance.names.secrets.oidc);
  const answer = await fetch(
    `${keycloak.issuer}/protocol/openid-connect/token`,
    {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: client,
        client_secret: held?.OIDC_CLIENT_SECRET ?? '',
        code,
        redirect_uri: redirect,
        code_verifier: verifier,
      }),
    },
  );
  return z.object({ id_token: z.string() }).parse(await answer.json());
}

async function loggedIn() {
  const browser = new BrowserSession(fetch);
  const verifier = randomBytes(32).toString('base64url');
  const back = await browser.logIn(loginAddress(verifier), 'member');
  const code = back?.searchParams.get('code') ?? '';
  const { id_token: idToken } = await exchange(code, verifier);
  /** What a login answers that may not ask anything. */
  const silently = async () => {
    const answer = await browser.open(
      loginAddress(verifier, { prompt: 'none' }),
    );
    return answer.location?.searchParams.get('error') ?? 'logged in';
  };
  return { browser, idToken, silently };
}

it('tells servers the public address of its logout', () => {
  expect(endpoints.end_session_endpoint).toBe(
    `${config.keycloak.url}/realms/${config.keycloak.realm}/protocol/openid-connect/logout`,
  );
});

it('ends the session of Keycloak too, and leads back to MLflow', async () => {
  const { browser, idToken, silently } = await loggedIn();
  expect(await silently()).toBe('logged in');

  const answer = await browser.open(
    withQuery(endpoints.end_session_endpoint, {
      client_id: client,
      post_logout_redirect_uri: afterLogout,
      id_token_hint: idToken,
    }),
  );

  expect(answer.status).toBe(302);
  expect(answer.location?.href).toBe(afterLogout);
  expect(await silently()).toBe('login_required');
});

it.each(['https://elsewhere.example.com/', redirect])(
  'leads nobody from the logout to %s',
  async address => {
    const { browser, idToken, silently } = await loggedIn();

    const answer = await browser.open(
      withQuery(endpoints.end_session_endpoint, {
        client_id: client,
        post_logout_redirect_uri: address,
        id_token_hint: idToken,
      }),
    );

    expect(answer.status).toBe(400);
    expect(answer.location).toBeUndefined();
    expect(await silently()).toBe('logged in');
  },
);

import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Agent, fetch } from 'undici';
import { z } from 'zod';
import { createPlatform, Platform } from '../platform/Platform';
import { trustedCertificates } from '../systems/http';
import { AdminCall, makeRealm } from './makeRealm';
import { sandboxPlatformConfig, sandboxStateFolder } from './sandbox';
import { SILENT } from './stepContext';

const SETUP = path.join(__dirname, '../../setup/keycloak.json');

/** A realm gets keys of its own, which takes a busy machine a while. */
const ANSWER_MS = 120_000;

/** How long setting up and taking down may take with it, in milliseconds. */
export const REALM_MS = 2 * ANSWER_MS;

/** How long all tests in one realm may take, in milliseconds. */
const TESTS_MS = 600_000;

/** A realm of the sandbox's Keycloak that a test may break. */
export interface OwnRealm {
  /** The sandbox's platform, but for the realm. */
  platform: Platform;
  /** Keycloak's administrator, for what the portal may not do. */
  admin: AdminCall;
  /** Path of the realm for `admin`. */
  path: string;
  /** Ends what still runs long after the tests. */
  signal: AbortSignal;
  /** Removes it and all that is in it. */
  remove(): Promise<void>;
}

/** Makes a realm and a platform that uses it. */
export async function ownRealm(): Promise<OwnRealm> {
  const config = sandboxPlatformConfig();
  const dispatcher = new Agent({
    connect: config.ca ? { ca: trustedCertificates(config.ca) } : {},
    headersTimeout: ANSWER_MS,
  });
  const admin = administrator(config.keycloak.url, dispatcher);
  const realm = `t-${randomBytes(6).toString('hex')}`;
  const secret = randomBytes(24).toString('hex');
  const setup = z
    .object({
      clients: z.array(z.object({}).passthrough()),
      users: z.array(z.object({}).passthrough()),
    })
    .parse(JSON.parse(readFileSync(SETUP, 'utf8')));
  await makeRealm(admin, { realm, secret, setup });
  const platform = createPlatform(
    {
      ...config,
      keycloak: { ...config.keycloak, realm, clientSecret: secret },
    },
    { logger: SILENT },
  );
  return {
    platform,
    admin,
    path: `/${realm}`,
    signal: AbortSignal.timeout(TESTS_MS),
    async remove() {
      await platform.close();
      await admin('DELETE', `/${realm}`);
      await dispatcher.close();
    },
  };
}

/** Logs in for each call: a token of the master realm lives for a minute. */
function administrator(url: string, dispatcher: Agent): AdminCall {
  const { keycloakAdminClient: secret } = z
    .object({ keycloakAdminClient: z.string() })
    .parse(
      JSON.parse(
        readFileSync(path.join(sandboxStateFolder(), 'secrets.json'), 'utf8'),
      ),
    );
  const logIn = async () => {
    const login = await fetch(
      `${url}/realms/master/protocol/openid-connect/token`,
      {
        dispatcher,
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: 'sandbox-admin',
          client_secret: secret,
        }),
      },
    );
    return z.object({ access_token: z.string() }).parse(await login.json());
  };
  return async (method, below, content) => {
    const { access_token: token } = await logIn();
    const answer = await fetch(`${url}/admin/realms${below}`, {
      dispatcher,
      method,
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
      },
      ...(content !== undefined && { body: JSON.stringify(content) }),
    });
    const text = await answer.text();
    const gone = method === 'DELETE' && answer.status === 404;
    if (!answer.ok && !gone) {
      throw new Error(`Keycloak: ${method} ${below} answers ${answer.status}`);
    }
    return answer.ok && text && JSON.parse(text);
  };
}

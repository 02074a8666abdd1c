import { ISSUER } from '@internal/mlflow-sandbox/src/addresses.ts';
import { DemoUser } from '@internal/mlflow-sandbox/src/demo/users.ts';
import { logIn, Session } from '@internal/mlflow-sandbox/src/demo/session.ts';
import { http } from '@internal/mlflow-sandbox/src/http.ts';
import { caPem } from './sandbox';

const ENDPOINT = `${ISSUER}/protocol/openid-connect`;

interface DeviceStart {
  device_code: string;
  verification_uri_complete: string;
}

interface TokenAnswer {
  access_token?: string;
  error?: string;
}

async function post<T>(
  url: string,
  fields: Record<string, string>,
): Promise<{ status: number; body: T }> {
  const { status, body } = await http({
    method: 'POST',
    url,
    ca: caPem(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  });
  return { status, body: JSON.parse(body.toString()) };
}

/** Fields and address of the form on which a person grants access. */
function consentForm(html: string, base: string) {
  const action = html.match(/<form[^>]+action="([^"]+)"/)?.[1];
  const code = html.match(/name="code" value="([^"]+)"/)?.[1];
  if (!action || !code) {
    throw new Error("Keycloak asks for no grant after the device's login");
  }
  return { url: new URL(action.replace(/&amp;/g, '&'), base).href, code };
}

/**
 * A token for a terminal, as docs/users.md has it: started by the public client,
 * granted by the user in a browser, then fetched.
 *
 * @throws Error with Keycloak's own code when it gives no token
 */
export async function deviceToken(
  clientId: string,
  user: DemoUser,
): Promise<string> {
  const start = await post<DeviceStart>(`${ENDPOINT}/auth/device`, {
    client_id: clientId,
    scope: 'openid',
  });
  const fetchToken = () =>
    post<TokenAnswer>(`${ENDPOINT}/token`, {
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      client_id: clientId,
      device_code: start.body.device_code,
    });
  const session = new Session(caPem());
  const page = await logIn(session, start.body.verification_uri_complete, user);
  const { url, code } = consentForm(page.text, page.url);
  await session.post(url, { code, accept: 'Yes' });
  const { body } = await fetchToken();
  if (!body.access_token) {
    throw new Error(`Keycloak gives ${clientId} no token: ${body.error}`);
  }
  return body.access_token;
}

/**
 * The token of a service account.
 *
 * @throws Error with Keycloak's own code when it gives none
 */
export async function serviceToken(
  clientId: string,
  secret: string,
): Promise<string> {
  const { body } = await post<TokenAnswer>(`${ENDPOINT}/token`, {
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: secret,
  });
  if (!body.access_token) {
    throw new Error(`Keycloak gives ${clientId} no token: ${body.error}`);
  }
  return body.access_token;
}

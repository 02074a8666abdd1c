import { REALM } from '@internal/mlflow-sandbox/src/addresses.ts';
import {
  keycloakAdmin,
  kubectl,
  sql,
} from '@internal/mlflow-sandbox/src/bench/platform.ts';
import type { Context } from '@internal/mlflow-sandbox/src/part.ts';
import type { Secret } from './forms.ts';

/** Keys of Secrets whose values are no secrets. */
const PUBLIC = /^(username|OIDC_CLIENT_ID|AWS_ACCESS_KEY_ID|.*\.(crt|pem))$/;

interface SecretObject {
  type: string;
  metadata: { name: string };
  data?: Record<string, string>;
}

/** The Secrets of an instance, without what Helm keeps in Secrets. */
export async function secretObjects(
  context: Context,
  name: string,
): Promise<SecretObject[]> {
  const text = await kubectl(
    context,
    'get',
    'secrets',
    '-n',
    `mlflow-${name}`,
    '-o',
    'json',
  );
  const items: SecretObject[] = JSON.parse(text).items;
  return items.filter(({ type }) => type !== 'helm.sh/release.v1');
}

/** A URL with a password in it is as secret as the password, which is searched for. */
function valuesOf(text: string): string[] {
  const password = URL.canParse(text)
    ? decodeURIComponent(new URL(text).password)
    : '';
  return password ? [password] : [text];
}

/** Every secret that was made for an instance, read from where it belongs. */
export async function generatedSecrets(
  context: Context,
  name: string,
): Promise<Secret[]> {
  const objects = await secretObjects(context, name);
  const kept = objects.flatMap(({ metadata, data }) =>
    Object.entries(data ?? {})
      .filter(([key]) => !PUBLIC.test(key))
      .flatMap(([key, value]) =>
        valuesOf(Buffer.from(value, 'base64').toString()).map(secret => ({
          name: `${metadata.name}/${key}`,
          value: secret,
        })),
      ),
  );
  return [
    ...kept,
    ...(await clientSecrets(context, name)),
    ...(await verifiers(context, name)),
  ];
}

/** Secrets of an instance's clients, which Keycloak keeps. */
export async function clientSecrets(
  context: Context,
  name: string,
): Promise<Secret[]> {
  const keycloak = await keycloakAdmin(context);
  const clients =
    (await keycloak.call<{ clientId: string; secret?: string }[]>(
      'GET',
      `/${REALM}/clients?clientId=mlflow-${name}&search=true&max=100`,
    )) ?? [];
  return clients.flatMap(({ clientId, secret }) =>
    secret ? [{ name: `secret of client ${clientId}`, value: secret }] : [],
  );
}

/** Whoever has a verifier can try passwords against it. */
async function verifiers(context: Context, name: string): Promise<Secret[]> {
  const rows = await sql(
    context,
    `SELECT rolname || ' ' || rolpassword FROM pg_authid
      WHERE starts_with(rolname, 'mlflow_${name.replaceAll('-', '_')}');`,
  );
  return rows
    .split('\n')
    .filter(Boolean)
    .map(row => {
      const [role, verifier] = row.split(' ');
      return { name: `verifier of role ${role}`, value: verifier };
    });
}

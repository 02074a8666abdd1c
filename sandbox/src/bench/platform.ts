import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NODE_IP, PORTS } from '../addresses.ts';
import { buildFolder } from '../builds/cache.ts';
import { kubernetesBuild } from '../builds/go.ts';
import { run } from '../exec.ts';
import { KeycloakClient } from '../keycloak-client.ts';
import type { Context } from '../part.ts';
import type { Paths } from '../paths.ts';

/** SHA-256 of an empty body, which MinIO's admin API wants to see signed. */
const NO_BODY =
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/** Where the client programs of PostgreSQL are, without Debian's wrapper. */
export const POSTGRES_BIN = '/usr/lib/postgresql/15/bin';
export const S3_ENDPOINT = `http://${NODE_IP}:${PORTS.minio}`;
export const S3_ROOT = 'sandbox-root';

/** What every command of the bench is told about PostgreSQL; the password is in the environment. */
export const POSTGRES = `host=${NODE_IP} port=${PORTS.postgres} user=postgres sslmode=require`;

export const kubernetesTools = (paths: Paths) =>
  buildFolder(paths, kubernetesBuild);

/** kubectl as the cluster's administrator. @returns what it prints */
export function kubectl(
  { paths, signal }: Context,
  ...args: string[]
): Promise<string> {
  const hyperkube = join(kubernetesTools(paths), 'hyperkube');
  return run(
    [hyperkube, 'kubectl', `--kubeconfig=${paths.kubeconfig}`, ...args],
    { signal, capture: true },
  );
}

/** Runs SQL as the superuser. @returns its rows, one a line */
export function sql(
  { secrets, signal }: Context,
  text: string,
): Promise<string> {
  return run(
    [
      join(POSTGRES_BIN, 'psql'),
      `${POSTGRES} dbname=postgres`,
      '-v',
      'ON_ERROR_STOP=1',
      '-qAtX',
      '-f',
      '-',
    ],
    {
      signal,
      capture: true,
      input: text,
      env: { PGPASSWORD: secrets.postgresSuperuser },
    },
  );
}

/**
 * Keycloak as its administrator.
 *
 * @param timeoutMs - how long an answer may take; 10 s when left out
 */
export function keycloakAdmin(
  { paths, secrets }: Pick<Context, 'paths' | 'secrets'>,
  timeoutMs?: number,
) {
  return KeycloakClient.login({
    url: `https://${NODE_IP}:${PORTS.keycloak}`,
    ca: readFileSync(paths.caCert),
    clientSecret: secrets.keycloakAdminClient,
    timeoutMs,
  });
}

/**
 * One request to MinIO as root.
 *
 * @returns the status
 */
export async function objectStore(
  { secrets, signal }: Context,
  method: string,
  path: string,
  headers: string[] = [],
): Promise<number> {
  const config = [
    `url = "${S3_ENDPOINT}${path}"`,
    `request = "${method}"`,
    'aws-sigv4 = "aws:amz:us-east-1:s3"',
    `user = "${S3_ROOT}:${secrets.minioRoot}"`,
    ...[`x-amz-content-sha256: ${NO_BODY}`, ...headers].map(
      header => `header = "${header}"`,
    ),
    'write-out = "%{http_code}"',
    'output = "/dev/null"',
    'silent',
  ];
  const status = await run(['curl', '-K', '-'], {
    signal,
    capture: true,
    input: config.join('\n'),
  });
  return Number(status);
}

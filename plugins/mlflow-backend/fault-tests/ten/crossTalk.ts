import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  NODE_IP,
  PORTS,
  REALM,
} from '@internal/mlflow-sandbox/src/addresses.ts';
import {
  POSTGRES_BIN,
  S3_ENDPOINT,
} from '@internal/mlflow-sandbox/src/bench/platform.ts';
import { messageOf } from '@internal/mlflow-sandbox/src/errors.ts';
import { run } from '@internal/mlflow-sandbox/src/exec.ts';
import { http } from '@internal/mlflow-sandbox/src/http.ts';
import type { Context } from '@internal/mlflow-sandbox/src/part.ts';
import { clientSecrets, secretObjects } from '../secrets/generated.ts';

/** What an instance's server comes into the systems with. */
export interface Access {
  instance: string;
  databasePassword: string;
  s3: { key: string; secret: string };
  /** Secret of the client by which the portal reads. */
  readerSecret: string;
}

/** Reads an instance's access from its Secrets and from Keycloak. */
export async function accessOf(
  context: Context,
  instance: string,
): Promise<Access> {
  const objects = await secretObjects(context, instance);
  const value = (name: string, key: string) => {
    const data = objects.find(({ metadata }) => metadata.name === name)?.data;
    return Buffer.from(data?.[key] ?? '', 'base64').toString();
  };
  const clients = await clientSecrets(context, instance);
  return {
    instance,
    databasePassword: value('mlflow-db-secret', 'password'),
    s3: {
      key: value('mlflow-s3-secret', 'AWS_ACCESS_KEY_ID'),
      secret: value('mlflow-s3-secret', 'AWS_SECRET_ACCESS_KEY'),
    },
    readerSecret:
      clients.find(({ name }) => name.endsWith(`mlflow-${instance}-reader`))
        ?.value ?? '',
  };
}

/** Whether a role gets into the database of an instance. */
async function entersDatabase(
  { signal }: Context,
  { instance, databasePassword }: Access,
  other: string,
): Promise<boolean> {
  const sqlName = (name: string) => `mlflow_${name.replaceAll('-', '_')}`;
  const target = [
    `host=${NODE_IP} port=${PORTS.postgres} sslmode=require`,
    `user=${sqlName(instance)} dbname=${sqlName(other)}`,
  ].join(' ');
  try {
    await run([join(POSTGRES_BIN, 'psql'), target, '-qAtc', 'SELECT 1'], {
      signal,
      capture: true,
      env: { PGPASSWORD: databasePassword },
    });
    return true;
  } catch (error) {
    if (/permission denied for database/.test(messageOf(error))) return false;
    throw error;
  }
}

/** Whether a key lists the bucket of an instance. */
async function listsBucket(
  { signal }: Context,
  { s3 }: Access,
  other: string,
): Promise<boolean> {
  const config = [
    `url = "${S3_ENDPOINT}/mlflow-${other}?list-type=2&max-keys=1"`,
    'aws-sigv4 = "aws:amz:us-east-1:s3"',
    `user = "${s3.key}:${s3.secret}"`,
    'write-out = "%{http_code}"',
    'output = "/dev/null"',
    'silent',
  ];
  const status = await run(['curl', '-K', '-'], {
    signal,
    capture: true,
    input: config.join('\n'),
  });
  return status === '200';
}

/** A token of the client by which the portal reads an instance. */
async function readerToken(
  { paths }: Context,
  { instance, readerSecret }: Access,
): Promise<string> {
  const { status, body } = await http({
    method: 'POST',
    url: `https://${NODE_IP}:${PORTS.keycloak}/realms/${REALM}/protocol/openid-connect/token`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: `mlflow-${instance}-reader`,
      client_secret: readerSecret,
    }).toString(),
    ca: readFileSync(paths.caCert),
  });
  if (status !== 200) {
    throw new Error(`no token for the reader of ${instance} (${status})`);
  }
  return JSON.parse(body.toString()).access_token;
}

/** Whether an instance lets a token read. */
async function readsMlflow(
  { paths }: Context,
  token: string,
  other: string,
): Promise<boolean> {
  const { status } = await http({
    url: `https://mlflow-${other}.localhost/api/2.0/mlflow/experiments/search?max_results=1`,
    headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
    ca: readFileSync(paths.caCert),
  });
  return status === 200;
}

/**
 * Tries what each instance has on itself, where it must serve, and on all
 * others, where it must not.
 *
 * @returns what is wrong, and how many doors were tried
 */
export async function crossTalk(
  context: Context,
  all: Access[],
): Promise<{ faults: string[]; tried: number }> {
  const faults: string[] = [];
  let tried = 0;
  for (const access of all) {
    const token = await readerToken(context, access);
    for (const { instance: other } of all) {
      const own = other === access.instance;
      const doors = {
        'its role in the database': entersDatabase(context, access, other),
        'its key in the bucket': listsBucket(context, access, other),
        "its reader's token in MLflow": readsMlflow(context, token, other),
      };
      for (const [what, open] of Object.entries(doors)) {
        tried++;
        if ((await open) !== own) {
          faults.push(
            `${access.instance}: ${what} of ${other} is ${
              own ? 'refused' : 'let in'
            }`,
          );
        }
      }
    }
  }
  return { faults, tried };
}

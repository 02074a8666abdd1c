import { REALM, RECORDS_NAMESPACE } from '../addresses.ts';
import { SandboxError } from '../errors.ts';
import type { KeycloakClient } from '../keycloak-client.ts';
import type { Context } from '../part.ts';
import { forgetSecrets } from './forgetSecrets.ts';
import { keycloakAdmin, kubectl, objectStore, sql } from './platform.ts';

interface Marked {
  id: string;
  attributes?: Record<string, string | string[]>;
}

const MARK = 'mlflow.mark';
const KEPT_IN_KEYCLOAK = [404];

const bears = ({ attributes }: Marked, mark: string) =>
  [attributes?.[MARK] ?? []].flat().includes(mark);

/** Mark of the objects of an instance, from its record; undefined without one. */
async function markOf(
  context: Context,
  name: string,
): Promise<string | undefined> {
  const text = await kubectl(
    context,
    'get',
    'configmap',
    `instance-${name}`,
    '-n',
    RECORDS_NAMESPACE,
    '--ignore-not-found',
    '-o',
    'json',
  );
  if (!text) return undefined;
  const { platformId, id } = JSON.parse(JSON.parse(text).data['record.json']);
  return `${platformId}/${id}`;
}

async function forgetKeycloak(
  kc: KeycloakClient,
  base: string,
  mark: string,
): Promise<void> {
  const found =
    (await kc.call<Marked[]>(
      'GET',
      `/${REALM}/clients?clientId=${base}&search=true&max=100`,
    )) ?? [];
  const groups =
    (await kc.call<Marked[]>(
      'GET',
      `/${REALM}/groups?search=${base}&max=100&briefRepresentation=false`,
    )) ?? [];
  const scopes =
    (await kc.call<Marked[]>('GET', `/${REALM}/client-scopes`)) ?? [];
  const remove = (kind: string) => (object: Marked) =>
    kc.call(
      'DELETE',
      `/${REALM}/${kind}/${object.id}`,
      undefined,
      KEPT_IN_KEYCLOAK,
    );
  const ours = (object: Marked) => bears(object, mark);
  // One after the other: Keycloak answers 500 when a client and its scope are
  // removed at the same time.
  for (const object of found.filter(ours)) await remove('clients')(object);
  for (const object of groups.filter(ours)) await remove('groups')(object);
  for (const object of scopes.filter(ours)) {
    await remove('client-scopes')(object);
  }
}

/** Removes databases, also with connections to them, and the role that owned them. */
export async function forgetDatabases(
  context: Context,
  role: string,
): Promise<void> {
  const lines = [role, `${role}_auth`].map(
    name => `DROP DATABASE IF EXISTS "${name}" WITH (FORCE);`,
  );
  await sql(context, [...lines, `DROP ROLE IF EXISTS "${role}";`].join('\n'));
}

/** @throws SandboxError when it is still there */
async function removeFromStore(
  context: Context,
  what: string,
  path: string,
  headers: string[] = [],
): Promise<void> {
  const status = await objectStore(context, 'DELETE', path, headers);
  if (status >= 300 && status !== 404) {
    throw new SandboxError(`MinIO: ${what} stays (${status})`);
  }
}

/** Removes a bucket with all that is in it. */
export function forgetBucket(context: Context, bucket: string): Promise<void> {
  return removeFromStore(context, `bucket ${bucket}`, `/${bucket}`, [
    'x-minio-force-delete: true',
  ]);
}

/** The user first: a policy that somebody has can't go. */
async function forgetBucketUser(context: Context, user: string): Promise<void> {
  const admin = '/minio/admin/v3';
  await removeFromStore(
    context,
    `user ${user}`,
    `${admin}/remove-user?accessKey=${user}`,
  );
  await removeFromStore(
    context,
    `policy ${user}`,
    `${admin}/remove-canned-policy?name=${user}`,
  );
}

/** Removes a namespace and waits until it is gone. */
export async function forgetNamespace(
  context: Context,
  namespace: string,
): Promise<void> {
  await kubectl(
    context,
    'delete',
    'namespace',
    namespace,
    '--ignore-not-found',
    '--timeout=120s',
  );
}

/**
 * Removes an instance and all its data by the sandbox's own admin rights, past
 * the portal. For what bench, tests and demo made, and nothing else.
 *
 * @param name - any but `mlflow`
 */
export async function forgetInstance(
  context: Context,
  name: string,
): Promise<void> {
  const base = `mlflow-${name}`;
  const mark = await markOf(context, name);
  await forgetNamespace(context, base);
  await Promise.all([
    forgetSecrets(context.paths, base),
    forgetDatabases(context, base.replaceAll('-', '_')),
    forgetBucket(context, base).then(() => forgetBucketUser(context, base)),
    mark && keycloakAdmin(context).then(kc => forgetKeycloak(kc, base, mark)),
  ]);
  // Last, since it holds the mark that a second try needs.
  await kubectl(
    context,
    'delete',
    'configmap,lease.coordination.k8s.io',
    `instance-${name}`,
    '-n',
    RECORDS_NAMESPACE,
    '--ignore-not-found',
  );
}

import { RECORDS_NAMESPACE } from '@internal/mlflow-sandbox/src/addresses.ts';
import { kubectl } from '@internal/mlflow-sandbox/src/bench/platform.ts';
import type { Context } from '@internal/mlflow-sandbox/src/part.ts';

/** Kinds that a controller makes, or whose names differ from run to run. */
const DERIVED =
  /^(pod|replicaset|endpoints|endpointslice|event|controllerrevision)/i;

/** What every namespace gets from the cluster itself. */
const GIVEN = ['configmap/kube-root-ca.crt', 'serviceaccount/default'];

interface Item {
  kind: string;
  metadata: { name: string; namespace?: string };
}

/** Objects of the instance's namespace, the namespace itself, and its records. */
export async function kubernetesObjects(
  context: Context,
  name: string,
): Promise<string[]> {
  const namespace = `mlflow-${name}`;
  const found = await kubectl(
    context,
    'get',
    'namespace',
    namespace,
    '--ignore-not-found',
    '-o',
    'name',
  );
  return [
    ...(found ? [`kubernetes namespace ${namespace}`] : []),
    ...(found ? await inNamespace(context, namespace) : []),
    ...(await records(context, name)),
  ];
}

async function inNamespace(
  context: Context,
  namespace: string,
): Promise<string[]> {
  const kinds = await kindsOf(context);
  const text = await kubectl(
    context,
    'get',
    kinds.join(','),
    '-n',
    namespace,
    '--ignore-not-found',
    '-o',
    'json',
  );
  const items: Item[] = text ? JSON.parse(text).items : [];
  const lines = items
    .map(({ kind, metadata }) => `${kind.toLowerCase()}/${metadata.name}`)
    .filter(line => !GIVEN.includes(line));
  // Each repair adds a revision to the release; it is one release all the same.
  const releases = lines.map(line =>
    line.replace(/^(secret\/sh\.helm\..*\.v)\d+$/, '$1'),
  );
  return [...new Set(releases)].map(line => `kubernetes ${line}`);
}

let kinds: Promise<string[]> | undefined;

/** All kinds that live in a namespace, asked once. */
function kindsOf(context: Context): Promise<string[]> {
  kinds ??= kubectl(
    context,
    'api-resources',
    '--namespaced',
    '--verbs=list',
    '-o',
    'name',
  ).then(text =>
    text
      .split('\n')
      .filter(Boolean)
      .filter(kind => !DERIVED.test(kind)),
  );
  return kinds;
}

/** What looks at the instance came to; it comes by the clock and goes with the record. */
const REPORT = /^configmap\/health-/;

async function records(context: Context, name: string): Promise<string[]> {
  const text = await kubectl(
    context,
    'get',
    'configmaps,leases,secrets',
    '-n',
    RECORDS_NAMESPACE,
    '-o',
    'name',
  );
  return text
    .split('\n')
    .filter(line => line.endsWith(`-${name}`) || line.endsWith(`/${name}`))
    .filter(line => !REPORT.test(line))
    .map(line => `kubernetes ${RECORDS_NAMESPACE} ${line}`);
}

import { randomBytes } from 'node:crypto';
import { V1ConfigMap, V1Namespace } from '@kubernetes/client-node';
import { ConflictError, NotFoundError } from '@backstage/errors';
import { RECORD_SELECTOR } from '../instances/recordCodec';
import { MANAGED_BY_LABEL, MANAGER } from '../systems/kubernetes/labels';
import { KubernetesClient } from '../systems/kubernetes/KubernetesClient';

const NAME = 'platform';

/** What a platform is, for the marks of everything it makes. */
export interface PlatformIdentity {
  id: string;
  /** UID of the namespace `kube-system` of the cluster that it was made on. */
  clusterUid: string;
}

/**
 * The platform's identity; made when there is none yet.
 *
 * @param namespace - where the records are
 * @throws ConflictError when the cluster is another than the identity was made
 * on: a restored or cloned cluster shares the outside systems with its origin;
 * or when it is missing beside records, whose objects bear the mark of another
 */
export async function ensurePlatformIdentity(
  kubernetes: KubernetesClient,
  namespace: string,
  signal?: AbortSignal,
): Promise<PlatformIdentity> {
  const clusterUid = await readClusterUid(kubernetes, signal);
  const found =
    (await read(kubernetes, namespace, signal)) ??
    (await make(kubernetes, namespace, clusterUid, signal));
  assertSameCluster(found, clusterUid, namespace);
  return found;
}

/**
 * Whoever changes something of an instance calls this first: a copied platform
 * is read-only until an admin says what it is.
 *
 * @param platformId - as it stands in the record of the instance
 * @throws ConflictError as {@link ensurePlatformIdentity}, or when the record
 * was made under another identity than the platform has now
 */
export async function assertPlatformIdentity(
  kubernetes: KubernetesClient,
  namespace: string,
  platformId: string,
  signal?: AbortSignal,
): Promise<void> {
  const { id } = await ensurePlatformIdentity(kubernetes, namespace, signal);
  if (id !== platformId) {
    throw new ConflictError(
      `Kubernetes: the instance bears the mark of platform ${platformId}, and ConfigMap ${namespace}/${NAME} says that this one is ${id}. Nothing was changed. Restore that ConfigMap, or remove the record.`,
    );
  }
}

/**
 * The platform's identity, or undefined when none was made yet.
 *
 * @throws ConflictError as {@link ensurePlatformIdentity}
 */
export async function findPlatformIdentity(
  kubernetes: KubernetesClient,
  namespace: string,
  signal?: AbortSignal,
): Promise<PlatformIdentity | undefined> {
  const found = await read(kubernetes, namespace, signal);
  if (found) {
    const clusterUid = await readClusterUid(kubernetes, signal);
    assertSameCluster(found, clusterUid, namespace);
  }
  return found;
}

function assertSameCluster(
  found: PlatformIdentity,
  clusterUid: string,
  namespace: string,
) {
  if (found.clusterUid !== clusterUid) {
    throw new ConflictError(
      `Kubernetes: the records in namespace ${namespace} were made on another cluster. An admin must say whether this cluster replaces it or is a copy: set clusterUid in ConfigMap ${namespace}/${NAME} to ${clusterUid}, or delete that ConfigMap and the records.`,
    );
  }
}

async function readClusterUid(
  kubernetes: KubernetesClient,
  signal?: AbortSignal,
): Promise<string> {
  const kubeSystem = await kubernetes.get<V1Namespace>(
    { apiVersion: 'v1', kind: 'Namespace', name: 'kube-system' },
    signal,
  );
  const uid = kubeSystem?.metadata?.uid;
  if (!uid) {
    throw new NotFoundError('Kubernetes: namespace kube-system has no UID.');
  }
  return uid;
}

async function read(
  kubernetes: KubernetesClient,
  namespace: string,
  signal?: AbortSignal,
): Promise<PlatformIdentity | undefined> {
  const configMap = await kubernetes.get<V1ConfigMap>(
    { apiVersion: 'v1', kind: 'ConfigMap', name: NAME, namespace },
    signal,
  );
  if (!configMap) {
    return undefined;
  }
  const { id, clusterUid } = configMap.data ?? {};
  if (!id || !clusterUid) {
    throw new ConflictError(
      `Kubernetes: ConfigMap ${namespace}/${NAME}, the identity of the platform, lacks id or clusterUid. Restore it from a backup.`,
    );
  }
  return { id, clusterUid };
}

/** A new identity would make every instance a stranger to its own portal. */
async function assertNoRecords(
  kubernetes: KubernetesClient,
  namespace: string,
  clusterUid: string,
  signal?: AbortSignal,
) {
  const { items } = await kubernetes.list<V1ConfigMap>(
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      namespace,
      labelSelector: RECORD_SELECTOR,
    },
    signal,
  );
  if (items.length > 0) {
    throw new ConflictError(
      `Kubernetes: ConfigMap ${namespace}/${NAME}, the identity of the platform, is missing beside ${items.length} records of instances. Restore it from a backup: its id is the platformId of those records, its clusterUid is ${clusterUid} where they were made on this cluster.`,
    );
  }
}

async function make(
  kubernetes: KubernetesClient,
  namespace: string,
  clusterUid: string,
  signal?: AbortSignal,
): Promise<PlatformIdentity> {
  await assertNoRecords(kubernetes, namespace, clusterUid, signal);
  const made = { id: randomBytes(5).toString('hex'), clusterUid };
  try {
    await kubernetes.create<V1ConfigMap>(
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: {
          name: NAME,
          namespace,
          labels: { [MANAGED_BY_LABEL]: MANAGER },
        },
        data: made,
      },
      signal,
    );
    return made;
  } catch (error) {
    // Two replicas may claim at the same moment; the first one's id counts.
    const other =
      error instanceof ConflictError &&
      (await read(kubernetes, namespace, signal));
    if (other) {
      return other;
    }
    throw error;
  }
}

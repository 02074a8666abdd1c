import { KubernetesObject, V1ServiceAccount } from '@kubernetes/client-node';
import { VaultConfig } from '../../platform/secretsConfig';
import { markedMetadata } from '../kubernetes/marks';
import { SecretOwner } from './SecretStore';

const API = 'external-secrets.io/v1';

/** Name of the store, and of the account that External Secrets logs in as. */
const STORE = 'mlflow-vault';
const ACCOUNT = 'mlflow-secrets';

/** Another value lets External Secrets read anew at once. */
const REQUEST_ANNOTATION = 'mlflow.org/requested-at';

/** Condition of an object of External Secrets. */
interface Condition {
  type: string;
  status: string;
  reason?: string;
}

/** A SecretStore or ExternalSecret, as far as the portal looks at it. */
export interface ExternalSecretsObject extends KubernetesObject {
  status?: { conditions?: Condition[] };
}

/** Kinds of External Secrets that the portal makes, and their path names. */
export const RESOURCES = {
  SecretStore: 'secretstores',
  ExternalSecret: 'externalsecrets',
} as const;

/** One of those kinds. */
export type ExternalSecretsKind = keyof typeof RESOURCES;

/** Kind and name of the namespace's store. */
export function storeKey({ names }: SecretOwner) {
  return {
    apiVersion: API,
    kind: 'SecretStore',
    name: STORE,
    namespace: names.namespace,
  } as const;
}

/** Kind and name of what fills a Secret. */
export function externalSecretKey({ names }: SecretOwner, name: string) {
  return {
    apiVersion: API,
    kind: 'ExternalSecret',
    name,
    namespace: names.namespace,
  } as const;
}

/** Kind and name of an object that the portal makes for External Secrets. */
export type ExternalSecretsKey = ReturnType<
  typeof storeKey | typeof externalSecretKey
>;

/** Path below which the API server has them. */
export function pathOf(kind: ExternalSecretsKind, namespace: string): string {
  return `/apis/${API}/namespaces/${namespace}/${RESOURCES[kind]}`;
}

/** Which objects to list, in order to see whether the cluster has the kind. */
export function selectionOf(kind: ExternalSecretsKind, namespace: string) {
  return { apiVersion: API, kind, namespace };
}

/** The `Ready` condition that an object has. */
export function readyOf(
  object: ExternalSecretsObject | undefined,
): Condition | undefined {
  return object?.status?.conditions?.find(({ type }) => type === 'Ready');
}

/** Whether an object is there and works. */
export function isReady(object: ExternalSecretsObject | undefined): boolean {
  return readyOf(object)?.status === 'True';
}

/** When External Secrets was last asked to look at an object. */
export function requestedAt(
  object: ExternalSecretsObject | undefined,
): string | undefined {
  return object?.metadata?.annotations?.[REQUEST_ANNOTATION];
}

/** The account as which External Secrets logs in to Vault; no pod uses it. */
export function accountManifest(instance: SecretOwner): V1ServiceAccount {
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: markedMetadata(instance, ACCOUNT, instance.names.namespace),
    automountServiceAccountToken: false,
  };
}

/**
 * The namespace's own way to Vault; there is none for the whole cluster.
 *
 * @param ca - PEM text of the CA of Vault, where that is none of the public ones
 * @param requested - another value lets External Secrets log in anew
 */
export function storeManifest(
  instance: SecretOwner,
  vault: VaultConfig,
  ca: string | undefined,
  requested: string,
) {
  const { mount, role, audience } = vault.externalSecrets;
  return {
    ...withMetadata(instance, 'SecretStore', STORE, requested),
    spec: {
      provider: {
        vault: {
          server: vault.inCluster?.address ?? vault.address,
          path: vault.mount,
          version: 'v2',
          ...(vault.namespace && { namespace: vault.namespace }),
          ...(ca && { caBundle: Buffer.from(ca).toString('base64') }),
          auth: {
            kubernetes: {
              mountPath: mount,
              role,
              serviceAccountRef: { name: ACCOUNT, audiences: [audience] },
            },
          },
        },
      },
    },
  };
}

/**
 * What fills one Secret with these keys of a path, and no other: whoever adds a
 * key in Vault does not reach the server's environment. The Secret stays when
 * this object or the path goes, so that a running server never loses it.
 *
 * @param requested - another value lets External Secrets read anew
 */
export function externalSecretManifest(
  instance: SecretOwner,
  name: string,
  source: { path: string; keys: string[]; refreshInterval: string },
  requested: string,
) {
  const { labels, annotations } = markedMetadata(instance, name);
  return {
    ...withMetadata(instance, 'ExternalSecret', name, requested),
    spec: {
      refreshInterval: source.refreshInterval,
      secretStoreRef: { kind: 'SecretStore', name: STORE },
      target: {
        name,
        creationPolicy: 'Orphan',
        deletionPolicy: 'Retain',
        template: { type: 'Opaque', metadata: { labels, annotations } },
      },
      data: source.keys.map(key => ({
        secretKey: key,
        remoteRef: { key: source.path, property: key },
      })),
    },
  };
}

function withMetadata(
  instance: SecretOwner,
  kind: ExternalSecretsKind,
  name: string,
  requested: string,
) {
  const metadata = markedMetadata(instance, name, instance.names.namespace);
  return {
    apiVersion: API,
    kind,
    metadata: {
      ...metadata,
      annotations: {
        ...metadata.annotations,
        [REQUEST_ANNOTATION]: requested,
      },
    },
  };
}

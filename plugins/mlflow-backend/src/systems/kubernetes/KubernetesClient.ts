import {
  KubeConfig,
  KubernetesListObject,
  KubernetesObject,
  PatchStrategy,
  V1ObjectMeta,
  Watch,
} from '@kubernetes/client-node';
import { PlatformConfig } from '../../platform/config';
import { BoundedApi } from './boundedApi';
import { statusOf, toBackstageError } from './errors';
import { loadKubeConfig } from './kubeConfig';

/** Field manager of what no particular step owns. */
const FIELD_MANAGER = 'backstage-mlflow';

/**
 * Asks for lists without anything but the metadata of each object. What the
 * library asks besides, which kinds there are, knows no such form.
 */
const METADATA_ONLY =
  'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json';

/** Kind and name of one object. */
export interface ObjectKey {
  apiVersion: string;
  kind: string;
  name: string;
  namespace?: string;
}

/** Which objects to list or watch. */
export interface Selection {
  apiVersion: string;
  kind: string;
  namespace?: string;
  labelSelector?: string;
  /** How many at most; all when left out. */
  limit?: number;
}

/** Speaks to one cluster's API server. */
export class KubernetesClient {
  readonly kubeConfig: KubeConfig;
  readonly #api: BoundedApi;

  static fromConfig(config: PlatformConfig['kubernetes']): KubernetesClient {
    return new KubernetesClient(loadKubeConfig(config));
  }

  /** @param options - `timeoutMs`: how long a call may take, but for a watch */
  constructor(kubeConfig: KubeConfig, options: { timeoutMs?: number } = {}) {
    this.kubeConfig = kubeConfig;
    this.#api = new BoundedApi(kubeConfig, options.timeoutMs);
  }

  /** The object, or undefined when it does not exist. */
  async get<T extends KubernetesObject>(
    key: ObjectKey,
    signal?: AbortSignal,
  ): Promise<T | undefined> {
    try {
      return await this.#api.call(signal, api => api.read<T>(header(key)));
    } catch (error) {
      if (statusOf(error) === 404) {
        return undefined;
      }
      throw this.#translate(error, `read ${describe(key)}`, signal);
    }
  }

  /** Whether the cluster has this kind, which a CRD may bring. */
  async serves(
    apiVersion: string,
    kind: string,
    signal?: AbortSignal,
  ): Promise<boolean> {
    try {
      return await this.#api.call(signal, api => api.serves(apiVersion, kind));
    } catch (error) {
      if (statusOf(error) === 404) {
        return false;
      }
      throw this.#translate(error, `look for ${kind} ${apiVersion}`, signal);
    }
  }

  /** All objects of a kind, in one namespace or in all. */
  async list<T extends KubernetesObject>(
    selection: Selection,
    signal?: AbortSignal,
  ): Promise<KubernetesListObject<T>> {
    return this.#list<T>(selection, signal);
  }

  /**
   * Names, labels and field managers of objects: the API server leaves out all
   * else, such as the values of Secrets.
   */
  async listMetadata(
    selection: Selection,
    signal?: AbortSignal,
  ): Promise<V1ObjectMeta[]> {
    const { items } = await this.#list(selection, signal, METADATA_ONLY);
    return items.flatMap(({ metadata }) => metadata ?? []);
  }

  /** Server-side apply; takes the named fields over from any other manager. */
  async apply<T extends KubernetesObject>(
    object: T,
    options: { fieldManager?: string; signal?: AbortSignal } = {},
  ): Promise<T> {
    try {
      return await this.#api.call(options.signal, api =>
        api.patch<T>(
          object,
          undefined,
          undefined,
          options.fieldManager ?? FIELD_MANAGER,
          true,
          PatchStrategy.ServerSideApply,
        ),
      );
    } catch (error) {
      throw this.#translate(
        error,
        `apply ${describeObject(object)}`,
        options.signal,
      );
    }
  }

  /** Sets the named fields, lists as a whole, and leaves all others alone. */
  async merge<T extends KubernetesObject>(
    object: T,
    signal?: AbortSignal,
  ): Promise<T> {
    try {
      return await this.#api.call(signal, api =>
        api.patch<T>(
          object,
          undefined,
          undefined,
          FIELD_MANAGER,
          undefined,
          PatchStrategy.MergePatch,
        ),
      );
    } catch (error) {
      throw this.#translate(error, `change ${describeObject(object)}`, signal);
    }
  }

  /**
   * @param options - `dryRun`: asks whether it would be made, and makes nothing
   * @throws ConflictError when the object exists
   */
  async create<T extends KubernetesObject>(
    object: T,
    signal?: AbortSignal,
    options: { dryRun?: boolean } = {},
  ): Promise<T> {
    const dryRun = options.dryRun ? 'All' : undefined;
    try {
      return await this.#api.call(signal, api =>
        api.create<T>(object, undefined, dryRun, FIELD_MANAGER),
      );
    } catch (error) {
      throw this.#translate(error, `create ${describeObject(object)}`, signal);
    }
  }

  /** @throws ConflictError when the object changed since it was read */
  async replace<T extends KubernetesObject>(
    object: T,
    signal?: AbortSignal,
  ): Promise<T> {
    try {
      return await this.#api.call(signal, api =>
        api.replace<T>(object, undefined, undefined, FIELD_MANAGER),
      );
    } catch (error) {
      throw this.#translate(error, `replace ${describeObject(object)}`, signal);
    }
  }

  /**
   * Deletes with all that depends on it; what is gone already is no error.
   *
   * @param options - `uid` and `resourceVersion`: which object is meant, and how
   * it was seen
   * @throws ConflictError when it is not that object any more
   */
  async delete(
    key: ObjectKey,
    options: {
      uid?: string;
      resourceVersion?: string;
      signal?: AbortSignal;
    } = {},
  ): Promise<'removed' | 'absent'> {
    const { uid, resourceVersion } = options;
    try {
      await this.#api.call(options.signal, api =>
        api.delete(
          header(key),
          undefined,
          undefined,
          undefined,
          undefined,
          'Background',
          { preconditions: { uid, resourceVersion } },
        ),
      );
      return 'removed';
    } catch (error) {
      if (statusOf(error) === 404) {
        return 'absent';
      }
      throw this.#translate(error, `delete ${describe(key)}`, options.signal);
    }
  }

  /**
   * Calls back with each event of a watch until the signal is aborted or the
   * server ends it.
   *
   * @param path - for example `/api/v1/namespaces/x/pods`
   */
  async watch<T extends KubernetesObject>(
    path: string,
    query: Record<string, string>,
    onEvent: (type: string, object: T) => void,
    signal: AbortSignal,
  ): Promise<void> {
    signal.throwIfAborted();
    await new Promise<void>((resolve, reject) => {
      let request: AbortController | undefined;
      // The library gives no handle before the server has answered.
      const stop = () => {
        request?.abort();
        resolve();
      };
      const settle = (error?: unknown) => {
        signal.removeEventListener('abort', stop);
        if (!error || isAbort(error)) {
          resolve();
        } else {
          reject(toBackstageError(error, `watch ${path}`));
        }
      };
      signal.addEventListener('abort', stop, { once: true });
      new Watch(this.kubeConfig)
        .watch(path, query, onEvent, settle)
        .then(made => {
          request = made;
          if (signal.aborted) {
            made.abort();
          }
        }, settle);
    });
  }

  async #list<T extends KubernetesObject>(
    selection: Selection,
    signal: AbortSignal | undefined,
    accept?: string,
  ): Promise<KubernetesListObject<T>> {
    const { apiVersion, kind, namespace, labelSelector, limit } = selection;
    const unset = undefined;
    try {
      return await this.#api.call(
        signal,
        api =>
          api.list<T>(
            apiVersion,
            kind,
            namespace,
            unset,
            unset,
            unset,
            unset,
            labelSelector,
            limit,
          ),
        accept,
      );
    } catch (error) {
      throw this.#translate(error, `list ${kind}`, signal);
    }
  }

  #translate(error: unknown, what: string, signal?: AbortSignal): unknown {
    return signal?.aborted ? signal.reason : toBackstageError(error, what);
  }
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

function header({ apiVersion, kind, name, namespace }: ObjectKey) {
  return { apiVersion, kind, metadata: { name, namespace } };
}

function describe(key: ObjectKey): string {
  return `${key.kind} ${key.namespace ? `${key.namespace}/` : ''}${key.name}`;
}

function describeObject(object: KubernetesObject): string {
  return describe({
    apiVersion: object.apiVersion ?? '',
    kind: object.kind ?? 'object',
    name: object.metadata?.name ?? '',
    namespace: object.metadata?.namespace,
  });
}

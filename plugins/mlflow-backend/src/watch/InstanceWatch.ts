import { LoggerService } from '@backstage/backend-plugin-api';
import { V1ConfigMap, V1Deployment, V1Pod } from '@kubernetes/client-node';
import { InputError } from '@backstage/errors';
import { instanceNames } from 'backstage-plugin-mlflow-common';
import { InstanceRecord } from '../instances/InstanceRecord';
import {
  fromConfigMap,
  recordName,
  RECORD_SELECTOR,
} from '../instances/recordCodec';
import { Platform } from '../platform/Platform';
import { INSTANCE_LABEL } from '../systems/kubernetes/labels';
import {
  objectKey,
  WatchedObjects,
  WatchList,
  WatchListener,
  WatchTimes,
} from '../systems/kubernetes/watchList';
import {
  Freshness,
  InstanceListener,
  InstanceSource,
  ObservedInstance,
} from './ObservedInstance';

/** The chart's label on everything of a server; the release tells which. */
const SERVER_SELECTOR = 'app.kubernetes.io/name=mlflow';
const RELEASE_LABEL = 'app.kubernetes.io/instance';

type PodsByNamespace = ReadonlyMap<string, V1Pod[]>;

/**
 * Keeps the instances of one platform in sight: the records in the platform's
 * namespace, the Deployments and Pods of MLflow servers in all.
 */
export class InstanceWatch implements InstanceSource {
  readonly platform: string;
  readonly #logger: LoggerService;
  readonly #recordMaps: WatchList<V1ConfigMap>;
  readonly #deployments: WatchList<V1Deployment>;
  readonly #pods: WatchList<V1Pod>;
  readonly #listeners = new Set<InstanceListener>();
  readonly #stop = new AbortController();
  readonly #failing = new Map<string, Error>();
  #records = new Map<string, InstanceRecord>();
  #unreadable = new Set<string>();
  #started = false;

  constructor(
    platform: Pick<Platform, 'name' | 'config' | 'kubernetes'>,
    options: { logger: LoggerService; times?: Partial<WatchTimes> },
  ) {
    this.platform = platform.name;
    this.#logger = options.logger;
    const watch = <T extends V1ConfigMap | V1Deployment | V1Pod>(
      watched: WatchedObjects,
      listener: Omit<WatchListener<T>, 'onFailure' | 'onRecovery'>,
    ) =>
      new WatchList<T>(
        platform.kubernetes,
        watched,
        {
          ...listener,
          onFailure: error => this.#failed(watched.resource, error),
          onRecovery: () => this.#recovered(watched.resource),
        },
        options.times,
      );
    this.#recordMaps = watch<V1ConfigMap>(
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        resource: 'configmaps',
        namespace: platform.config.kubernetes.namespace,
        labelSelector: RECORD_SELECTOR,
      },
      {
        onList: objects => this.#takeAll([...objects.values()]),
        onChange: (key, object) => this.#take(key, object),
      },
    );
    const nothing = { onList: () => {}, onChange: () => {} };
    this.#deployments = watch<V1Deployment>(
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        resource: 'deployments',
        labelSelector: SERVER_SELECTOR,
      },
      nothing,
    );
    this.#pods = watch<V1Pod>(
      {
        apiVersion: 'v1',
        kind: 'Pod',
        resource: 'pods',
        labelSelector: SERVER_SELECTOR,
      },
      nothing,
    );
  }

  /** Starts watching and returns at once; a second call does nothing. */
  start(): void {
    if (this.#started) {
      return;
    }
    this.#started = true;
    for (const list of [this.#recordMaps, this.#deployments, this.#pods]) {
      list.run(this.#stop.signal).catch(error => {
        this.#logger.error(
          `MLflow platform ${this.platform}: a watch ended`,
          error,
        );
      });
    }
  }

  stop(): void {
    this.#stop.abort();
  }

  get(name: string): ObservedInstance | undefined {
    const record = this.#records.get(name);
    return record && this.#observe(record, this.#podsByNamespace());
  }

  list(): ObservedInstance[] {
    const pods = this.#podsByNamespace();
    return [...this.#records.values()]
      .sort((a, b) => a.spec.name.localeCompare(b.spec.name, 'en-US'))
      .map(record => this.#observe(record, pods));
  }

  unreadable(): string[] {
    return [...this.#unreadable];
  }

  freshness(): Freshness {
    const dates = [this.#recordMaps, this.#deployments, this.#pods].map(
      list => list.rightAt,
    );
    const known = dates.filter(date => date !== undefined);
    const oldest = Math.min(...known.map(date => date.getTime()));
    return {
      complete: this.#recordMaps.rightAt !== undefined,
      rightAt: known.length === dates.length ? new Date(oldest) : undefined,
      error: [...this.#failing.values()][0],
    };
  }

  subscribe(listener: InstanceListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #observe(record: InstanceRecord, pods: PodsByNamespace): ObservedInstance {
    const { namespace, release } = instanceNames(record.spec.name);
    return {
      record,
      deployment: this.#deployments.objects.get(`${namespace}/${release}`),
      pods: (pods.get(namespace) ?? []).filter(
        pod => pod.metadata?.labels?.[RELEASE_LABEL] === release,
      ),
    };
  }

  #podsByNamespace(): PodsByNamespace {
    const grouped = new Map<string, V1Pod[]>();
    for (const pod of this.#pods.objects.values()) {
      const namespace = pod.metadata?.namespace ?? '';
      grouped.set(namespace, [...(grouped.get(namespace) ?? []), pod]);
    }
    return grouped;
  }

  #takeAll(configMaps: V1ConfigMap[]): void {
    const before = this.#records;
    this.#records = new Map();
    this.#unreadable = new Set();
    for (const configMap of configMaps) {
      this.#read(configMap, before);
    }
    for (const listener of this.#listeners) {
      listener.onList();
    }
  }

  #take(key: string, configMap: V1ConfigMap | undefined): void {
    const changed = configMap
      ? this.#read(configMap, this.#records)
      : this.#forget(key);
    if (!changed) {
      return;
    }
    for (const listener of this.#listeners) {
      listener.onRecord(nameOf(key));
    }
  }

  /** What cannot be read any more stays as it was last read. */
  #read(
    configMap: V1ConfigMap,
    before: ReadonlyMap<string, InstanceRecord>,
  ): boolean {
    const name = nameOf(objectKey(configMap));
    try {
      this.#records.set(name, readRecord(configMap, name, this.platform));
      this.#unreadable.delete(name);
      return true;
    } catch (error) {
      this.#unreadable.add(name);
      const known = before.get(name);
      if (known) {
        this.#records.set(name, known);
      }
      this.#logger.warn(`MLflow platform ${this.platform}: ${error}`);
      return false;
    }
  }

  #forget(key: string): boolean {
    const name = nameOf(key);
    this.#unreadable.delete(name);
    return this.#records.delete(name);
  }

  #failed(resource: string, error: Error): void {
    if (!this.#failing.has(resource)) {
      this.#logger.warn(
        `MLflow platform ${this.platform}: ${resource} are not watched at present: ${error.message}`,
      );
    }
    this.#failing.set(resource, error);
  }

  #recovered(resource: string): void {
    if (this.#failing.delete(resource)) {
      this.#logger.info(
        `MLflow platform ${this.platform}: ${resource} are watched again`,
      );
    }
  }
}

/** Name of the instance whose record has this key; see `recordName`. */
function nameOf(key: string): string {
  return key.slice(key.indexOf('/') + 1 + recordName('').length);
}

/** @throws InputError when it is no record, or a copy under another name */
function readRecord(
  configMap: V1ConfigMap,
  name: string,
  platform: string,
): InstanceRecord {
  const record = fromConfigMap(configMap, platform);
  if (
    record.spec.name !== name ||
    configMap.metadata?.labels?.[INSTANCE_LABEL] !== name
  ) {
    throw new InputError(
      `Kubernetes: ConfigMap ${objectKey(
        configMap,
      )} holds the record of another instance, ${
        record.spec.name
      }. Remove it if it is a copy.`,
    );
  }
  return record;
}

import { V1ConfigMap } from '@kubernetes/client-node';
import { ConflictError, NotFoundError } from '@backstage/errors';
import { PlatformConfig } from '../platform/config';
import { KubernetesClient } from '../systems/kubernetes/KubernetesClient';
import { InstanceRecord } from './InstanceRecord';
import {
  fromConfigMap,
  recordName,
  RECORD_SELECTOR,
  toConfigMap,
} from './recordCodec';

const ATTEMPTS = 8;

/** A record together with the version that guards its next write. */
interface StoredRecord {
  record: InstanceRecord;
  resourceVersion?: string;
  uid?: string;
}

/** Keeps the records of one platform in its own namespace. */
export class RecordStore {
  readonly #kubernetes: KubernetesClient;
  readonly #platform: string;
  readonly #namespace: string;

  constructor(kubernetes: KubernetesClient, config: PlatformConfig) {
    this.#kubernetes = kubernetes;
    this.#platform = config.name;
    this.#namespace = config.kubernetes.namespace;
  }

  /** The record, or undefined when no instance has that name. */
  async get(
    name: string,
    signal?: AbortSignal,
  ): Promise<InstanceRecord | undefined> {
    return (await this.#read(name, signal))?.record;
  }

  /** @throws NotFoundError when no instance has that name */
  async require(name: string, signal?: AbortSignal): Promise<InstanceRecord> {
    const record = await this.get(name, signal);
    if (!record) {
      throw new NotFoundError(
        `No instance ${name} is recorded in namespace ${this.#namespace}.`,
      );
    }
    return record;
  }

  /** All records that can be read, and the reasons of those that cannot. */
  async list(
    signal?: AbortSignal,
  ): Promise<{ records: InstanceRecord[]; errors: Error[] }> {
    const found = await this.#kubernetes.list<V1ConfigMap>(
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        namespace: this.#namespace,
        labelSelector: RECORD_SELECTOR,
      },
      signal,
    );
    const records: InstanceRecord[] = [];
    const errors: Error[] = [];
    for (const item of found.items) {
      try {
        records.push(fromConfigMap(item, this.#platform));
      } catch (error) {
        errors.push(error as Error);
      }
    }
    return { records, errors };
  }

  /** @throws ConflictError when another instance has that name meanwhile */
  async create(record: InstanceRecord, signal?: AbortSignal): Promise<void> {
    await this.#kubernetes.create(toConfigMap(record, this.#namespace), signal);
  }

  /**
   * Reads, changes and writes; again when somebody else wrote in between. The
   * change may throw to refuse, and gives the same record back to leave it.
   *
   * @returns the record as it is now
   */
  async update(
    name: string,
    change: (record: InstanceRecord) => InstanceRecord,
    signal?: AbortSignal,
  ): Promise<InstanceRecord> {
    for (let attempt = 1; ; attempt++) {
      const stored = await this.#read(name, signal);
      if (!stored) {
        throw new NotFoundError(
          `No instance ${name} is recorded in namespace ${this.#namespace}.`,
        );
      }
      const next = change(stored.record);
      if (next === stored.record) {
        return next;
      }
      const changed = { ...next, changedAt: new Date().toISOString() };
      try {
        await this.#kubernetes.replace(
          toConfigMap(changed, this.#namespace, stored.resourceVersion),
          signal,
        );
        return changed;
      } catch (error) {
        if (!(error instanceof ConflictError) || attempt >= ATTEMPTS) {
          throw error;
        }
      }
    }
  }

  /** Removes the record with this id, and no later one of the same name. */
  async remove(
    name: string,
    id: string,
    signal?: AbortSignal,
  ): Promise<'removed' | 'absent'> {
    const stored = await this.#read(name, signal);
    if (!stored || stored.record.id !== id) {
      return 'absent';
    }
    return this.#kubernetes.delete(
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        name: recordName(name),
        namespace: this.#namespace,
      },
      { uid: stored.uid, signal },
    );
  }

  async #read(
    name: string,
    signal?: AbortSignal,
  ): Promise<StoredRecord | undefined> {
    const configMap = await this.#kubernetes.get<V1ConfigMap>(
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        name: recordName(name),
        namespace: this.#namespace,
      },
      signal,
    );
    return (
      configMap && {
        record: fromConfigMap(configMap, this.#platform),
        resourceVersion: configMap.metadata?.resourceVersion,
        uid: configMap.metadata?.uid,
      }
    );
  }
}

import { V1ConfigMap } from '@kubernetes/client-node';
import { InputError } from '@backstage/errors';
import { instanceNames } from 'backstage-plugin-mlflow-common';
import { InstanceRecord } from '../instances/InstanceRecord';
import { fromConfigMap, recordName } from '../instances/recordCodec';
import { INSTANCE_LABEL } from '../systems/kubernetes/labels';
import { objectKey } from '../systems/kubernetes/ObjectIndex';

/** The records of a platform as they were last read, by name of the instance. */
export class InstanceRecords {
  readonly #platform: string;
  readonly #onUnreadable: (error: unknown) => void;
  #records = new Map<string, InstanceRecord>();
  #names = new Map<string, string>();
  #unreadable = new Set<string>();
  #sorted?: InstanceRecord[];

  /** @param onUnreadable - is told of each ConfigMap that is no record */
  constructor(platform: string, onUnreadable: (error: unknown) => void) {
    this.#platform = platform;
    this.#onUnreadable = onUnreadable;
  }

  get(name: string): InstanceRecord | undefined {
    return this.#records.get(name);
  }

  /** Name of the instance that has this namespace. */
  nameIn(namespace: string): string | undefined {
    return this.#names.get(namespace);
  }

  /** All of them, by name. */
  sorted(): InstanceRecord[] {
    this.#sorted ??= [...this.#records.values()].sort((a, b) =>
      a.spec.name < b.spec.name ? -1 : 1,
    );
    return this.#sorted;
  }

  unreadable(): string[] {
    return [...this.#unreadable];
  }

  /** Takes these for all that there are. */
  takeAll(configMaps: Iterable<V1ConfigMap>): void {
    const before = this.#records;
    this.#records = new Map();
    this.#names = new Map();
    this.#unreadable = new Set();
    for (const configMap of configMaps) {
      this.#read(configMap, before);
    }
  }

  /** @returns name of the instance whose record is not as it was, if any is */
  take(key: string, configMap: V1ConfigMap | undefined): string | undefined {
    const changed = configMap
      ? this.#read(configMap, this.#records)
      : this.#forget(nameOf(key));
    return changed ? nameOf(key) : undefined;
  }

  /** What cannot be read any more stays as it was last read. */
  #read(
    configMap: V1ConfigMap,
    before: ReadonlyMap<string, InstanceRecord>,
  ): boolean {
    const name = nameOf(objectKey(configMap));
    try {
      this.#put(readRecord(configMap, name, this.#platform));
      this.#unreadable.delete(name);
      return true;
    } catch (error) {
      this.#unreadable.add(name);
      const known = before.get(name);
      if (known) {
        this.#put(known);
      }
      this.#onUnreadable(error);
      return false;
    }
  }

  #put(record: InstanceRecord): void {
    const { name } = record.spec;
    this.#records.set(name, record);
    this.#names.set(instanceNames(name).namespace, name);
    this.#sorted = undefined;
  }

  #forget(name: string): boolean {
    this.#unreadable.delete(name);
    this.#names.delete(instanceNames(name).namespace);
    this.#sorted = undefined;
    return this.#records.delete(name);
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

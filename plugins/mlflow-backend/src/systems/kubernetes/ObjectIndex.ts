import { KubernetesObject } from '@kubernetes/client-node';

/** Objects by their key, and by namespace without looking through all of them. */
export class ObjectIndex<T extends KubernetesObject> {
  readonly #objects = new Map<string, T>();
  readonly #namespaces = new Map<string, Map<string, T>>();

  constructor(objects: T[] = []) {
    objects.forEach(object => this.set(object));
  }

  /** All of them, by {@link objectKey}. */
  get all(): ReadonlyMap<string, T> {
    return this.#objects;
  }

  inNamespace(namespace: string): T[] {
    return [...(this.#namespaces.get(namespace)?.values() ?? [])];
  }

  set(object: T): void {
    const key = objectKey(object);
    const namespace = object.metadata?.namespace ?? '';
    const neighbours = this.#namespaces.get(namespace) ?? new Map<string, T>();
    this.#namespaces.set(namespace, neighbours.set(key, object));
    this.#objects.set(key, object);
  }

  delete(key: string): void {
    const namespace = this.#objects.get(key)?.metadata?.namespace ?? '';
    const neighbours = this.#namespaces.get(namespace);
    this.#objects.delete(key);
    neighbours?.delete(key);
    if (neighbours?.size === 0) {
      this.#namespaces.delete(namespace);
    }
  }

  /** Keys of what is not the same in both, as its version tells. */
  changedSince(earlier: ObjectIndex<T>): string[] {
    const keys = new Set([...earlier.all.keys(), ...this.all.keys()]);
    return [...keys].filter(
      key =>
        versionOf(this.#objects.get(key)) !== versionOf(earlier.all.get(key)),
    );
  }
}

/** `<namespace>/<name>`, or the name alone of what has no namespace. */
export function objectKey(object: KubernetesObject): string {
  const { namespace, name } = object.metadata ?? {};
  return namespace ? `${namespace}/${name}` : `${name}`;
}

function versionOf(object: KubernetesObject | undefined): string | undefined {
  return object?.metadata?.resourceVersion;
}

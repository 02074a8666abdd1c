import { V1ManagedFieldsEntry } from '@kubernetes/client-node';
import { isObject } from '../isObject';

/** Keys below `data` that a field manager of server-side apply owns. */
export function managedKeys(
  entries: V1ManagedFieldsEntry[] | undefined,
  manager: string,
): string[] {
  return keysOf(
    (entries ?? []).filter(
      e => e.manager === manager && e.operation === 'Apply',
    ),
  );
}

/** Keys below `data` that any manager owns. */
export function keysOf(entries: V1ManagedFieldsEntry[]): string[] {
  const keys = entries
    .flatMap(entry => Object.keys(fieldsBelow(entry.fieldsV1, 'f:data')))
    .filter(key => key.startsWith('f:'))
    .map(key => key.slice('f:'.length));
  return [...new Set(keys)];
}

function fieldsBelow(fields: unknown, name: string): object {
  const entry = isObject(fields) ? Object.entries(fields) : [];
  const found: unknown = entry.find(([key]) => key === name)?.[1];
  return isObject(found) ? found : {};
}

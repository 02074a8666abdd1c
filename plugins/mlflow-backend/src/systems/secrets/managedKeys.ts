import { V1ManagedFieldsEntry } from '@kubernetes/client-node';
import { isObject } from '../isObject';

/** Keys below `data` that a field manager of server-side apply owns. */
export function managedKeys(
  entries: V1ManagedFieldsEntry[] | undefined,
  manager: string,
): string[] {
  return (entries ?? [])
    .filter(e => e.manager === manager && e.operation === 'Apply')
    .flatMap(entry => Object.keys(fieldsBelow(entry.fieldsV1, 'f:data')))
    .filter(key => key.startsWith('f:'))
    .map(key => key.slice('f:'.length));
}

function fieldsBelow(fields: unknown, name: string): object {
  const entry = isObject(fields) ? Object.entries(fields) : [];
  const found: unknown = entry.find(([key]) => key === name)?.[1];
  return isObject(found) ? found : {};
}

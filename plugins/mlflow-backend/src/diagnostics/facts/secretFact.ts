import { V1ManagedFieldsEntry, V1Secret } from '@kubernetes/client-node';
import { keysOf } from '../../systems/secrets/managedKeys';
import { SecretFact } from './clusterFacts';

/** What may be told of a Secret: names and times, never a value. Pure. */
export function secretFact({ metadata, data = {} }: V1Secret): SecretFact {
  return {
    name: metadata?.name ?? '',
    keys: Object.keys(data),
    empty: Object.keys(data).filter(key => data[key] === ''),
    changedAt: changesOf(metadata?.managedFields ?? []),
  };
}

/** By key; several keys of one writer share its last time. */
function changesOf(entries: V1ManagedFieldsEntry[]): Record<string, string> {
  const changes: Record<string, string> = {};
  for (const entry of entries) {
    const at = entry.time ? new Date(entry.time).toISOString() : '';
    for (const key of at ? keysOf([entry]) : []) {
      changes[key] = changes[key] > at ? changes[key] : at;
    }
  }
  return changes;
}

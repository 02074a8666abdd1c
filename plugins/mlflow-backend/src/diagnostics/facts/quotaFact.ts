import { V1ResourceQuota } from '@kubernetes/client-node';
import { quantity } from '../../systems/kubernetes/quantity';
import { QuotaFact } from './clusterFacts';

/** What a quota leaves. Pure. */
export function quotaFact({ metadata, status }: V1ResourceQuota): QuotaFact {
  const { hard = {}, used = {} } = status ?? {};
  return {
    name: metadata?.name ?? '',
    reached: Object.entries(hard)
      .filter(
        ([resource, most]) => quantity(used[resource] ?? '0') >= quantity(most),
      )
      .map(([resource, most]) => `${resource}: ${used[resource]} of ${most}`),
  };
}

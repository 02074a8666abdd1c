import { CoreV1Event } from '@kubernetes/client-node';
import { KubernetesClient } from './KubernetesClient';

/** Events keep for an hour; a namespace of one server has some dozens. */
const MOST = 2_000;

/** The events of a namespace, in no order; 2,000 at most. */
export async function listEvents(
  kubernetes: Pick<KubernetesClient, 'list'>,
  namespace: string,
  signal: AbortSignal,
): Promise<CoreV1Event[]> {
  const { items } = await kubernetes.list<CoreV1Event>(
    { apiVersion: 'v1', kind: 'Event', namespace, limit: MOST },
    signal,
  );
  return items;
}

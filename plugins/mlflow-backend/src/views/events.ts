import { CoreV1Event } from '@kubernetes/client-node';
import { EventView } from 'backstage-plugin-mlflow-common';
import { Instance } from '../steps/Step';
import { listEvents } from '../systems/kubernetes/events';
import { KubernetesClient } from '../systems/kubernetes/KubernetesClient';
import { maskSecrets } from '../systems/kubernetes/maskSecrets';
import { isoTime } from './isoTime';
import { requireOwnNamespace } from './ownNamespace';

const MOST = 200;

/** Reads the events of an instance's namespace, newest first. */
export async function readEvents(
  kubernetes: KubernetesClient,
  instance: Instance,
  signal: AbortSignal,
): Promise<EventView[]> {
  await requireOwnNamespace(kubernetes, instance, signal);
  const { namespace } = instance.names;
  return eventViews(await listEvents(kubernetes, namespace, signal));
}

/**
 * Events as people read them: newest first, what was said of an object several
 * times in the same words once, 200 at most.
 */
export function eventViews(events: CoreV1Event[]): EventView[] {
  const views = new Map<string, EventView>();
  for (const event of events) {
    const view = eventView(event);
    const key = JSON.stringify([view.object, view.reason, view.message]);
    const known = views.get(key);
    views.set(
      key,
      known
        ? {
            ...view,
            count: known.count + view.count,
            at: known.at > view.at ? known.at : view.at,
          }
        : view,
    );
  }
  return [...views.values()]
    .sort((a, b) => b.at.localeCompare(a.at, 'en-US'))
    .slice(0, MOST);
}

/** Newer reporters count in a series, older ones in the event itself. */
function eventView(event: CoreV1Event): EventView {
  const { involvedObject, metadata, series } = event;
  const at =
    series?.lastObservedTime ??
    event.lastTimestamp ??
    event.eventTime ??
    metadata.creationTimestamp ??
    0;
  return {
    at: isoTime(new Date(at)),
    type: event.type === 'Warning' ? 'Warning' : 'Normal',
    reason: event.reason ?? '',
    object: [involvedObject.kind, involvedObject.name]
      .filter(Boolean)
      .join(' '),
    message: maskSecrets((event.message ?? '').trim()),
    count: series?.count ?? event.count ?? 1,
  };
}

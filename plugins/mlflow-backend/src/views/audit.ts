import { V1Pod } from '@kubernetes/client-node';
import { AuditEntry, AuditLog } from 'backstage-plugin-mlflow-common';
import { toInstance } from '../instances/toInstance';
import { KubernetesClient } from '../systems/kubernetes/KubernetesClient';
import { eachLogLine } from '../systems/kubernetes/podLog';
import { ObservedInstance } from '../watch/ObservedInstance';
import { auditEntry } from './auditEntry';
import { MOST_SEARCHED } from './mostSearched';
import { requireOwnNamespace } from './ownNamespace';

const MOST_PODS = 10;
const MOST_ENTRIES = 200;

/**
 * Reads the audit log of a server out of the logs of its pods that run. They are
 * gone through as far as they reach, since a server writes a line for each probe of its
 * health; the node keeps some ten megabytes of each.
 */
export async function readAudit(
  kubernetes: KubernetesClient,
  { record, pods }: ObservedInstance,
  signal: AbortSignal,
): Promise<AuditLog> {
  const instance = toInstance(record);
  if (!instance.release.behaviour.auditLog) {
    return { supported: false, entries: [] };
  }
  await requireOwnNamespace(kubernetes, instance, signal);
  const entries = await Promise.all(
    pods
      .filter(hasStarted)
      .slice(0, MOST_PODS)
      .map(pod => readEntries(kubernetes, pod, signal)),
  );
  return { supported: true, entries: newest(entries.flat()) };
}

async function readEntries(
  kubernetes: KubernetesClient,
  { metadata, spec }: V1Pod,
  signal: AbortSignal,
): Promise<AuditEntry[]> {
  let entries: AuditEntry[] = [];
  await eachLogLine(
    kubernetes,
    {
      namespace: metadata?.namespace ?? '',
      pod: metadata?.name ?? '',
      container: spec?.containers[0].name ?? '',
    },
    { tailLines: MOST_SEARCHED },
    line => {
      const entry = auditEntry(line);
      if (entry) {
        entries.push(entry);
      }
      if (entries.length > 2 * MOST_ENTRIES) {
        entries = newest(entries);
      }
    },
    signal,
  );
  return entries;
}

function hasStarted({ status }: V1Pod): boolean {
  return Boolean(status?.containerStatuses?.[0]?.state?.running);
}

/** Newest first. */
function newest(entries: AuditEntry[]): AuditEntry[] {
  return [...entries]
    .sort((a, b) => b.at.localeCompare(a.at, 'en-US'))
    .slice(0, MOST_ENTRIES);
}

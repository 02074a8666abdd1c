import {
  V1ConfigMap,
  V1Container,
  V1Ingress,
  V1ResourceQuota,
  V1Secret,
} from '@kubernetes/client-node';
import { readSecretsDigest } from '../../steps/secretsDigest';
import { StepContext } from '../../steps/Step';
import { listEvents } from '../../systems/kubernetes/events';
import { ObservedInstance } from '../../watch/ObservedInstance';
import { ClusterFacts, IngressFact } from './clusterFacts';
import { gatherLogs } from './gatherLogs';
import { quotaFact } from './quotaFact';
import { secretFact } from './secretFact';
import { configMapNamesOf, secretNamesOf, settingsOf } from './serverSettings';

/**
 * Asks the cluster for what is not watched, in the instance's namespace alone.
 * What the portal may not read is left out, and no other fact with it.
 */
export async function gatherCluster(
  ctx: StepContext,
  observed: ObservedInstance,
): Promise<ClusterFacts> {
  const { platform, instance, signal } = ctx;
  const { namespace } = instance.names;
  const server = serverOf(observed);
  const [events, logs, secrets, configMaps, ingress, quotas, secretsDigest] =
    await Promise.all([
      orElse(ctx, [], listEvents(platform.kubernetes, namespace, signal)),
      gatherLogs(ctx, observed),
      readSecrets(ctx, server),
      readConfigMaps(ctx, server),
      listIngress(ctx),
      orElse(ctx, [], listQuotas(ctx)),
      orElse(ctx, undefined, readSecretsDigest(ctx)),
    ]);
  return {
    events: events.sort((a, b) => timeOf(b) - timeOf(a)),
    logs,
    secrets: secrets.map(secretFact),
    secretsDigest,
    settings: settingsOf(server, configMaps, secrets.map(secretFact)),
    ingress,
    quotas,
  };
}

/** The container of the server, as its Deployment wants it. */
function serverOf({ deployment }: ObservedInstance): V1Container | undefined {
  return deployment?.spec?.template.spec?.containers[0];
}

/** What was asked for, or something instead where it cannot be had. */
async function orElse<T>(
  { signal }: StepContext,
  instead: T,
  asked: Promise<T>,
): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    signal.throwIfAborted();
    return instead;
  }
}

async function readSecrets(
  ctx: StepContext,
  server: V1Container | undefined,
): Promise<V1Secret[]> {
  const { secrets } = ctx.instance.names;
  const names = new Set([...Object.values(secrets), ...secretNamesOf(server)]);
  return readAll<V1Secret>(ctx, 'Secret', [...names]);
}

function readConfigMaps(
  ctx: StepContext,
  server: V1Container | undefined,
): Promise<V1ConfigMap[]> {
  return readAll<V1ConfigMap>(ctx, 'ConfigMap', configMapNamesOf(server));
}

/** Those that exist. */
async function readAll<T extends V1Secret | V1ConfigMap>(
  { platform, instance, signal }: StepContext,
  kind: string,
  names: string[],
): Promise<T[]> {
  const { namespace } = instance.names;
  const found = await Promise.all(
    names.map(name =>
      platform.kubernetes.get<T>(
        { apiVersion: 'v1', kind, name, namespace },
        signal,
      ),
    ),
  );
  return found.flatMap(object => (object ? [object] : []));
}

async function listIngress({
  platform,
  instance,
  signal,
}: StepContext): Promise<IngressFact[]> {
  const { items } = await platform.kubernetes.list<V1Ingress>(
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      namespace: instance.names.namespace,
    },
    signal,
  );
  return items.map(({ metadata, spec, status }) => ({
    name: metadata?.name ?? '',
    hosts: (spec?.rules ?? []).flatMap(({ host }) => host ?? []),
    className: spec?.ingressClassName,
    addresses: (status?.loadBalancer?.ingress ?? []).flatMap(
      ({ ip, hostname }) => ip ?? hostname ?? [],
    ),
  }));
}

async function listQuotas({ platform, instance, signal }: StepContext) {
  const { items } = await platform.kubernetes.list<V1ResourceQuota>(
    {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      namespace: instance.names.namespace,
    },
    signal,
  );
  return items.map(quotaFact);
}

function timeOf({
  lastTimestamp,
  eventTime,
  metadata,
}: {
  lastTimestamp?: Date;
  eventTime?: Date;
  metadata: { creationTimestamp?: Date };
}): number {
  const time = lastTimestamp ?? eventTime ?? metadata.creationTimestamp;
  return time ? new Date(time).getTime() : 0;
}

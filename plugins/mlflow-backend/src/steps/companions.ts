import { KubernetesObject } from '@kubernetes/client-node';
import { ConflictError } from '@backstage/errors';
import { PlatformConfig } from '../platform/config';
import { ObjectKey } from '../systems/kubernetes/KubernetesClient';
import { foreignOwner, markOf } from '../systems/kubernetes/marks';
import { settled } from '../systems/settled';
import { disruptionBudget, DISRUPTION_BUDGET_NAME } from './disruptionBudget';
import { ingressObjects } from './ingress';
import { openPorts } from './egressTargets';
import {
  EGRESS_POLICY,
  NETWORK_POLICY_NAMES,
  networkPolicies,
} from './networkPolicies';
import { sameContent } from './sameContent';
import {
  SERVICE_MONITOR,
  serviceMonitor,
  serviceMonitorKey,
} from './serviceMonitor';
import {
  Change,
  Instance,
  isWanted,
  Removal,
  RemoveOptions,
  StepContext,
} from './Step';

/** An object beside the release: as it is, and as it should be. */
export interface Companion {
  key: ObjectKey;
  found?: KubernetesObject;
  /** Absent when the object has no use any more. */
  wanted?: KubernetesObject;
  /** What the object cannot do, for people. */
  caveat?: string;
}

/** What the chart lacks: Middlewares, guard, NetworkPolicies, budget. */
export function companionObjects(
  instance: Instance,
  config: PlatformConfig,
): KubernetesObject[] {
  return [
    ...ingressObjects(instance, config),
    ...networkPolicies(instance, config),
    ...disruptionBudget(instance),
  ];
}

/** What tells Prometheus of the instance, where the cluster has its operator. */
async function monitors({
  instance,
  platform,
  signal,
}: StepContext): Promise<KubernetesObject[]> {
  const wanted = serviceMonitor(instance, platform.config);
  const { apiVersion, kind } = SERVICE_MONITOR;
  return wanted.length > 0 &&
    (await platform.kubernetes.serves(apiVersion, kind, signal))
    ? wanted
    : [];
}

/** Looks at all of them, also at those that are not wanted any more. */
export async function observeCompanions(
  ctx: StepContext,
): Promise<Companion[]> {
  const { instance, platform, signal } = ctx;
  const wanted = [
    ...companionObjects(instance, platform.config),
    ...(await monitors(ctx)),
  ];
  const companions: Companion[] = wanted.map(object => ({
    key: keyOf(object),
    wanted: object,
    ...(object.metadata?.name === EGRESS_POLICY && {
      caveat: openPorts(platform.config),
    }),
  }));
  const unused = optionalKeys(instance, platform.config).filter(
    key =>
      !companions.some(c => c.key.kind === key.kind && c.key.name === key.name),
  );
  return settled(
    [...companions, ...unused.map((key): Companion => ({ key }))].map(
      async companion => ({
        ...companion,
        found: await platform.kubernetes.get(companion.key, signal),
      }),
    ),
  );
}

/** One line each; none for what is neither there nor wanted. */
export function planCompanions(
  instance: Instance,
  companions: Companion[],
): Change[] {
  return companions.flatMap(({ key, found, wanted, caveat }): Change[] => {
    const change = {
      system: 'Kubernetes',
      object: nameOf(key),
    } as const;
    if (!found) {
      return wanted
        ? [{ ...change, action: 'create', ...(caveat && { detail: caveat }) }]
        : [];
    }
    if (markOf(found) !== instance.mark) {
      return [{ ...change, action: 'conflict', detail: foreignOwner(found) }];
    }
    if (!wanted) {
      return [{ ...change, action: 'update', detail: 'is removed' }];
    }
    return sameContent(wanted, found)
      ? [{ ...change, action: 'keep' }]
      : [
          {
            ...change,
            action: 'update',
            detail: ['differs', caveat].filter(Boolean).join('; '),
          },
        ];
  });
}

/** Makes, changes and removes; what is right is not written again. */
export async function applyCompanions(
  { instance, platform, signal }: StepContext,
  companions: Companion[],
): Promise<void> {
  await settled(
    companions.map(async ({ key, found, wanted }) => {
      if (wanted && found && sameContent(wanted, found)) {
        return;
      }
      const current = await platform.kubernetes.get(key, signal);
      if (current && markOf(current) !== instance.mark) {
        throw new ConflictError(
          `Kubernetes: ${key.kind} ${key.namespace}/${
            key.name
          } is not this instance's (${foreignOwner(
            current,
          )}). Have its owner remove it, then run it again.`,
        );
      }
      const remove = (object: KubernetesObject) =>
        platform.kubernetes.delete(key, { uid: object.metadata?.uid, signal });
      if (wanted) {
        const made = await platform.kubernetes.apply(wanted, { signal });
        if (!sameContent(wanted, made)) {
          // An apply leaves what others added.
          await remove(made);
          await platform.kubernetes.apply(wanted, { signal });
        }
      } else if (current) {
        await remove(current);
      }
    }),
  );
}

/** What is gone already, and what another has, is no error. */
export async function removeCompanions(
  ctx: StepContext,
  options: RemoveOptions,
): Promise<Removal[]> {
  const { instance, platform, signal } = ctx;
  const companions = await observeCompanions(ctx);
  const removals = companions.map(
    async ({ key, found, wanted }): Promise<Removal[]> => {
      const removal = { system: 'Kubernetes', object: nameOf(key) } as const;
      if (!isWanted(options, removal.object)) {
        return [];
      }
      if (!found) {
        return wanted ? [{ ...removal, result: 'absent' }] : [];
      }
      if (markOf(found) !== instance.mark) {
        const detail = foreignOwner(found);
        return [{ ...removal, result: 'kept', detail }];
      }
      const result = await platform.kubernetes.delete(key, {
        uid: found.metadata?.uid,
        signal,
      });
      return [{ ...removal, result }];
    },
  );
  return (await settled(removals)).flat();
}

function nameOf({ kind, name }: ObjectKey): string {
  return `${kind} ${name}`;
}

function optionalKeys(instance: Instance, config: PlatformConfig): ObjectKey[] {
  const { namespace } = instance.names;
  return [
    ...NETWORK_POLICY_NAMES.map(name => ({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      name,
      namespace,
    })),
    {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      name: DISRUPTION_BUDGET_NAME,
      namespace,
    },
    serviceMonitorKey(instance, config),
  ];
}

function keyOf({ apiVersion, kind, metadata }: KubernetesObject): ObjectKey {
  return {
    apiVersion: apiVersion ?? '',
    kind: kind ?? '',
    name: metadata?.name ?? '',
    namespace: metadata?.namespace,
  };
}

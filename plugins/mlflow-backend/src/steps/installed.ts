import { KubernetesObject } from '@kubernetes/client-node';
import { settled } from '../systems/settled';
import { differingFields } from './differingFields';
import { Change, StepContext } from './Step';

/** Kinds of the chart whose content matters. Of a Secret only that it exists. */
const KINDS = [
  'ConfigMap',
  'Deployment',
  'Ingress',
  'Secret',
  'Service',
  'ServiceAccount',
];

/** How many fields of an object are named. */
const NAMED = 5;

/** An object of the release, as it was rendered and as it is. */
export interface Installed {
  wanted: KubernetesObject;
  found?: KubernetesObject;
}

/**
 * The objects of a release as they are: Helm itself looks only at what it did.
 */
export async function observeInstalled({
  instance,
  platform,
  signal,
}: StepContext): Promise<Installed[]> {
  const { release, namespace } = instance.names;
  const manifest = await platform.helm.manifest(release, namespace, signal);
  return settled(
    manifest
      .filter(
        ({ kind, metadata }) =>
          KINDS.includes(kind ?? '') &&
          (metadata?.namespace ?? namespace) === namespace,
      )
      .map(async wanted => ({
        wanted,
        found: await platform.kubernetes.get(
          {
            apiVersion: wanted.apiVersion ?? '',
            kind: wanted.kind ?? '',
            name: wanted.metadata?.name ?? '',
            namespace,
          },
          signal,
        ),
      })),
  );
}

/** Objects of the release that are gone, for people; Helm makes them again. */
export function missingOf(installed: Installed[]): string[] {
  return installed
    .filter(({ found }) => !found)
    .map(({ wanted }) => `${nameOf(wanted)} is missing`);
}

/** Objects of the release that somebody changed. */
export function planInstalled(installed: Installed[]): Change[] {
  return installed.flatMap(({ wanted, found }) => {
    const fields = found ? fieldsOf(wanted, found) : [];
    return fields.length > 0
      ? [
          {
            system: 'Kubernetes' as const,
            object: nameOf(wanted),
            action: 'update' as const,
            detail: `changed by hand: ${fields.slice(0, NAMED).join(', ')}`,
          },
        ]
      : [];
  });
}

/** Sets right what somebody changed, lists as a whole. Twice is once. */
export async function applyInstalled(ctx: StepContext): Promise<void> {
  const { namespace } = ctx.instance.names;
  for (const { wanted, found } of await observeInstalled(ctx)) {
    if (found && fieldsOf(wanted, found).length > 0) {
      await ctx.platform.kubernetes.merge(
        {
          ...contentOf(wanted),
          apiVersion: wanted.apiVersion,
          kind: wanted.kind,
          metadata: { name: wanted.metadata?.name, namespace },
        },
        ctx.signal,
      );
      ctx.log(`Kubernetes: ${nameOf(wanted)} is as its release has it`);
    }
  }
}

function fieldsOf(wanted: KubernetesObject, found: KubernetesObject): string[] {
  return differingFields(contentOf(wanted), contentOf(found));
}

/** What an object is about. Values of a Secret are not looked at. */
function contentOf(object: KubernetesObject): Record<string, unknown> {
  if (object.kind === 'Secret') {
    return {};
  }
  return {
    ...('spec' in object && { spec: object.spec }),
    ...('data' in object && { data: object.data }),
  };
}

function nameOf({ kind, metadata }: KubernetesObject): string {
  return `${kind} ${metadata?.name}`;
}

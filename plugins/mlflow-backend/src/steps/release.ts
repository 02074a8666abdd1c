import { setTimeout } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { KubernetesObject } from '@kubernetes/client-node';
import { HelmRelease } from '../systems/helm/HelmClient';
import { HelmValues } from '../systems/helm/values';
import { foreignOwner, markOf } from '../systems/kubernetes/marks';
import { waitForRollout } from '../systems/kubernetes/rollout';
import { resolveImage } from './image';
import { ingressObjects } from './ingress';
import { readNamespace, requireNamespace } from './namespace';
import { Step, StepContext } from './Step';
import { settled } from '../systems/settled';

/** A helm command that does not wait for pods ends within this time. */
const OUTLIVED_MS = 20_000;
const PAUSE_MS = 1_000;

/** What exists of the release, and what it ought to be. */
export interface ReleaseObserved {
  release?: HelmRelease;
  wanted: { chart: string; values: HelmValues };
}

/** The Helm release, and beside it what the chart's Ingress lacks. */
export const releaseStep: Step<ReleaseObserved> = {
  name: 'release',

  async observe(ctx) {
    const { instance, platform, signal } = ctx;
    const { release: name, namespace } = instance.names;
    const [release, image] = await settled([
      platform.helm.get(name, namespace, signal),
      resolveImage(ctx),
    ]);
    return {
      release,
      wanted: {
        chart: instance.release.chart,
        values: instance.release.values({
          instance,
          platform: platform.config,
          image,
        }),
      },
    };
  },

  plan(instance, { release, wanted }) {
    const change = {
      system: 'Helm',
      object: `release ${instance.names.release}`,
    } as const;
    if (!release) {
      const detail = `chart ${wanted.chart}`;
      return [{ ...change, action: 'create', detail }];
    }
    const differences = differencesOf(release, wanted);
    return differences.length > 0
      ? [{ ...change, action: 'update', detail: differences.join(', ') }]
      : [{ ...change, action: 'keep' }];
  },

  async apply(ctx, { observed, changes }) {
    const { instance, platform, signal, log } = ctx;
    const { release: name, namespace } = instance.names;
    await requireNamespace(ctx);
    await Promise.all(
      ingressObjects(instance, platform.config).map(object =>
        platform.kubernetes.apply<KubernetesObject>(object, { signal }),
      ),
    );
    if (changes.some(change => change.action !== 'keep')) {
      await repairPending(ctx, observed.release);
      await platform.helm.upgrade(
        {
          name,
          namespace,
          chartVersion: observed.wanted.chart,
          values: observed.wanted.values,
        },
        signal,
      );
      log(`Helm: release ${name} is installed; waiting for the server`);
    }
    await waitForRollout(
      platform.kubernetes,
      {
        namespace,
        name,
        podSelector: `app.kubernetes.io/instance=${name}`,
      },
      { signal, log },
    );
    log('Kubernetes: the server is ready');
  },

  async remove(ctx) {
    const { instance, platform, signal } = ctx;
    const { release: name, namespace } = instance.names;
    const removal = { system: 'Helm', object: `release ${name}` } as const;
    const found = await readNamespace(ctx);
    if (!found) {
      return [{ ...removal, result: 'absent' }];
    }
    if (markOf(found) !== instance.mark) {
      const detail = `namespace ${namespace}: ${foreignOwner(found)}`;
      return [{ ...removal, result: 'kept', detail }];
    }
    const result = await platform.helm.uninstall(name, namespace, signal);
    return [{ ...removal, result }];
  },
};

function differencesOf(
  release: HelmRelease,
  wanted: ReleaseObserved['wanted'],
): string[] {
  const keys = new Set([
    ...Object.keys(release.values),
    ...Object.keys(wanted.values),
  ]);
  return [
    ...(release.status === 'deployed' ? [] : [`status ${release.status}`]),
    ...(release.chart === wanted.chart
      ? []
      : [`chart ${release.chart} -> ${wanted.chart}`]),
    ...[...keys].filter(
      key => !isDeepStrictEqual(release.values[key], wanted.values[key]),
    ),
  ];
}

/**
 * A helm command may have outlived the backend that started it; it gets the time
 * to end. @returns the release when it is locked even then
 */
async function outlivedHelm({
  instance,
  platform,
  signal,
}: StepContext): Promise<HelmRelease | undefined> {
  const { release: name, namespace } = instance.names;
  for (const end = Date.now() + OUTLIVED_MS; ; ) {
    const release = await platform.helm.get(name, namespace, signal);
    if (!release?.status.startsWith('pending-')) {
      return undefined;
    }
    if (Date.now() > end) {
      return release;
    }
    await setTimeout(PAUSE_MS, undefined, { signal });
  }
}

/** A Helm that was killed leaves its release locked; nothing but this frees it. */
async function repairPending(
  ctx: StepContext,
  release: HelmRelease | undefined,
): Promise<void> {
  const { instance, platform, signal, log } = ctx;
  if (!release?.status.startsWith('pending-')) {
    return;
  }
  const { release: name, namespace } = instance.names;
  const still = await outlivedHelm(ctx);
  if (!still) {
    return;
  }
  log(`Helm: release ${name} is stuck in ${still.status}; repairing it`);
  if (still.revision === 1) {
    await platform.helm.uninstall(name, namespace, signal);
  } else {
    await platform.helm.rollback(name, namespace, signal);
  }
}

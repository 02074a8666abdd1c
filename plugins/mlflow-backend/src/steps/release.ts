import { setTimeout } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { V1Namespace } from '@kubernetes/client-node';
import { HelmRelease } from '../systems/helm/HelmClient';
import { HelmValues } from '../systems/helm/values';
import { isObject } from '../systems/isObject';
import { foreignOwner, markOf } from '../systems/kubernetes/marks';
import { waitForRollout } from '../systems/kubernetes/rollout';
import { ImageReference } from '../systems/registry/imageName';
import {
  applyCompanions,
  Companion,
  observeCompanions,
  planCompanions,
  removeCompanions,
} from './companions';
import { findImage, resolveImage } from './image';
import {
  applyInstalled,
  Installed,
  missingOf,
  observeInstalled,
  planInstalled,
} from './installed';
import { foundMark } from './marks';
import { readNamespace, requireNamespace } from './namespace';
import { readSecretsDigest } from './secretsDigest';
import {
  Change,
  Instance,
  isWanted,
  KNOWN_AFTER_APPLY,
  Removal,
  Step,
  StepContext,
} from './Step';
import { settled } from '../systems/settled';

/** A helm command that does not wait for pods ends within this time. */
const OUTLIVED_MS = 20_000;
const PAUSE_MS = 1_000;

/** What exists of the release, and what it ought to be. */
export interface ReleaseObserved {
  release?: HelmRelease;
  wanted: { chart: string; values: HelmValues };
  companions: Companion[];
  /** What the release installed, as it is now; of one that is deployed. */
  installed?: Installed[];
  /** The registry does not have the image yet; its name is known after apply. */
  imageMissing?: boolean;
  /** The namespace, where it is not the instance's; what lies in it is not either. */
  foreignNamespace?: V1Namespace;
}

/** The Helm release, and beside it what the chart lacks. */
export const releaseStep: Step<ReleaseObserved> = {
  name: 'release',

  async observe(ctx) {
    const { instance, platform, signal } = ctx;
    const { release: name, namespace } = instance.names;
    const [release, image, secretsDigest, companions, space] = await settled([
      platform.helm.get(name, namespace, signal),
      findImage(ctx),
      readSecretsDigest(ctx),
      observeCompanions(ctx),
      readNamespace(ctx),
    ]);
    return {
      release,
      companions,
      ...(release?.status === 'deployed' && {
        installed: await observeInstalled(ctx),
      }),
      imageMissing: !image,
      ...(space &&
        markOf(space) !== instance.mark && { foreignNamespace: space }),
      wanted: {
        chart: instance.release.chart,
        values: wantedValues(
          ctx,
          image ?? { repository: KNOWN_AFTER_APPLY, tag: KNOWN_AFTER_APPLY },
          secretsDigest,
        ),
      },
    };
  },

  plan(instance, observed) {
    const { companions, foreignNamespace, installed = [] } = observed;
    return [
      planRelease(instance, observed),
      ...(foreignNamespace ? [] : planInstalled(installed)),
      ...planCompanions(instance, companions),
    ];
  },

  async apply(ctx, { observed, changes }) {
    const { instance, platform, signal, log } = ctx;
    const { release: name, namespace } = instance.names;
    await requireNamespace(ctx);
    await applyCompanions(ctx, observed.companions);
    if (
      changes.some(
        ({ system, action }) => system === 'Helm' && action !== 'keep',
      )
    ) {
      await repairPending(ctx, observed.release);
      await platform.helm.upgrade(
        {
          name,
          namespace,
          chartVersion: observed.wanted.chart,
          values: observed.imageMissing
            ? wantedValues(
                ctx,
                await resolveImage(ctx),
                await readSecretsDigest(ctx),
              )
            : observed.wanted.values,
        },
        signal,
      );
      log(`Helm: release ${name} is installed; waiting for the server`);
    }
    if (planInstalled(observed.installed ?? []).length > 0) {
      await applyInstalled(ctx);
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

  async remove(ctx, options) {
    const release = isWanted(options, `release ${ctx.instance.names.release}`)
      ? [await removeRelease(ctx)]
      : [];
    return [...release, ...(await removeCompanions(ctx, options))];
  },
};

function wantedValues(
  { instance, platform }: StepContext,
  image: ImageReference,
  secretsDigest: string,
): HelmValues {
  return instance.release.values({
    instance,
    platform: platform.config,
    image,
    secretsDigest,
  });
}

async function removeRelease(ctx: StepContext): Promise<Removal> {
  const { instance, platform, signal } = ctx;
  const { release: name, namespace } = instance.names;
  const removal = { system: 'Helm', object: `release ${name}` } as const;
  const found = await readNamespace(ctx);
  if (!found) {
    return { ...removal, result: 'absent' };
  }
  if (markOf(found) !== instance.mark) {
    const detail = `namespace ${namespace}: ${foreignOwner(found)}`;
    return { ...removal, result: 'kept', detail };
  }
  const result = await platform.helm.uninstall(name, namespace, signal);
  return { ...removal, result };
}

function planRelease(instance: Instance, observed: ReleaseObserved): Change {
  const { release, wanted, imageMissing, foreignNamespace } = observed;
  const change = {
    system: 'Helm',
    object: `release ${instance.names.release}`,
  } as const;
  if (!release) {
    return { ...change, action: 'create', detail: `chart ${wanted.chart}` };
  }
  if (foreignNamespace) {
    return {
      ...change,
      action: 'conflict',
      detail: foreignOwner(foreignNamespace),
      found: foundMark(markOf(foreignNamespace)),
    };
  }
  const differences = [
    ...differencesOf(release, wanted).map(difference =>
      imageMissing && difference === 'image'
        ? `image ${KNOWN_AFTER_APPLY}`
        : difference,
    ),
    ...missingOf(observed.installed ?? []),
  ];
  if (differences.length === 0) {
    return { ...change, action: 'keep' };
  }
  const detail = differences.join(', ');
  return isAwayMeanwhile(release, wanted)
    ? {
        ...change,
        action: 'update',
        detail: `${detail}; MLflow is away meanwhile`,
        destructive: true,
      }
    : { ...change, action: 'update', detail };
}

/** The old server ends before the new one starts, or the release is made anew. */
function isAwayMeanwhile(
  { status, revision }: HelmRelease,
  { values: { strategy } }: ReleaseObserved['wanted'],
): boolean {
  return (
    (isObject(strategy) &&
      'type' in strategy &&
      strategy.type === 'Recreate') ||
    (status === 'pending-install' && revision === 1)
  );
}

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
    ...[...keys]
      .filter(
        key => !isDeepStrictEqual(release.values[key], wanted.values[key]),
      )
      .map(key =>
        key === 'podAnnotations' ? 'secrets: the servers start anew' : key,
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

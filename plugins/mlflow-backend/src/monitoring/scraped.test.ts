import { setTimeout as sleep } from 'node:timers/promises';
import { testInstance } from '../__testUtils__/instance';
import { targetsOf } from '../__testUtils__/monitoring';
import {
  actionsOf,
  contextOf,
  sandboxPlatform,
} from '../__testUtils__/stepContext';
import { bucketStep } from '../steps/bucket';
import { applyCompanions, observeCompanions } from '../steps/companions';
import { databaseStep } from '../steps/database';
import { identityStep } from '../steps/identity';
import { imageStep } from '../steps/image';
import { migrationStep } from '../steps/migration';
import { namespaceStep } from '../steps/namespace';
import { releaseStep } from '../steps/release';
import { REMOVAL_ORDER } from '../steps/removalOrder';
import { serviceMonitorKey } from '../steps/serviceMonitor';
import { Instance } from '../steps/Step';
import { InstanceCharts } from './InstanceCharts';

/** An image that is not there yet is built first. */
const CREATION_MS = 1_200_000;
const SCRAPE_MS = 180_000;

const platform = sandboxPlatform();
const instance = testInstance({ metrics: true });
const { name, host } = instance.spec;
const { release } = instance.names;
const ref = { platform: platform.name, name };

const contextFor = (wanted: Instance) => ({
  ...contextOf(wanted, platform),
  signal: AbortSignal.timeout(CREATION_MS),
});

/** Asks until all targets are up. @returns where they are scraped */
async function scrapedAt(count: number): Promise<string[]> {
  for (;;) {
    const targets = await targetsOf(instance, platform);
    if (
      targets.length === count &&
      targets.every(({ health }) => health === 'up')
    ) {
      return targets.map(({ scrapeUrl }) => scrapeUrl);
    }
    await sleep(500);
  }
}

beforeAll(async () => {
  const ctx = contextFor(instance);
  await actionsOf(imageStep, ctx);
  await actionsOf(namespaceStep, ctx);
  await actionsOf(databaseStep, ctx);
  await actionsOf(bucketStep, ctx);
  await actionsOf(identityStep, ctx);
  await actionsOf(migrationStep, ctx);
  await actionsOf(releaseStep, ctx);
}, CREATION_MS);

afterAll(async () => {
  const ctx = contextFor(instance);
  for (const step of REMOVAL_ORDER) {
    if (step.name !== 'image') {
      await step.remove(ctx, { data: 'delete' });
    }
  }
  await platform.close();
}, CREATION_MS);

it(
  'a new instance with metrics is a target that is up',
  async () => {
    expect(await scrapedAt(1)).toEqual([
      `http://${release}.${release}.svc:5000/metrics`,
    ]);
  },
  SCRAPE_MS,
);

it(
  'its requests are counted, and shown as its own',
  async () => {
    const asked = async () => {
      const answer = await platform.fetch(
        `https://${host}/static-files/nothing`,
      );
      await answer.text();
      const { state, series } = await new InstanceCharts().read(platform, ref);
      const last = (of: string) =>
        series.find(({ name: shown }) => shown === of)?.points.at(-1)?.[1];
      return {
        state,
        requests: last('requests'),
        errors: last('errors'),
        latency: last('latency'),
      };
    };
    let shown = await asked();
    while (!shown.requests || shown.latency === undefined) {
      await sleep(5_000);
      shown = await asked();
    }

    expect(shown).toEqual({
      state: 'shown',
      requests: expect.any(Number),
      errors: 0,
      latency: expect.any(Number),
    });
  },
  SCRAPE_MS,
);

it('another instance does not show them', async () => {
  const { state, message, series } = await new InstanceCharts().read(platform, {
    ...ref,
    name: `${name}x`,
  });

  expect(state).toBe('notScraped');
  expect(message).toMatch(/no target/);
  expect(series.flatMap(({ points }) => points)).toEqual([]);
});

it(
  'each of several servers is a target of its own',
  async () => {
    const several = { ...instance, spec: { ...instance.spec, replicas: 2 } };
    await actionsOf(releaseStep, contextFor(several));

    const urls = await scrapedAt(2);
    expect(new Set(urls).size).toBe(2);
    for (const url of urls) {
      expect(url).toMatch(
        new RegExp(
          `^http://[0-9-]+\\.${release}\\.${release}\\.svc:5000/metrics$`,
        ),
      );
    }
  },
  CREATION_MS,
);

it('no target is left once an instance wants no metrics', async () => {
  const without = { ...instance, spec: { ...instance.spec, metrics: false } };
  const ctx = contextFor(without);
  const key = serviceMonitorKey(instance, platform.config);
  expect(await platform.kubernetes.get(key)).toBeDefined();

  await applyCompanions(ctx, await observeCompanions(ctx));
  expect(await platform.kubernetes.get(key)).toBeUndefined();
});

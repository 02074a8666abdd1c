import { V1Pod } from '@kubernetes/client-node';
import { testInstance } from '../__testUtils__/instance';
import { sandboxPlatform } from '../__testUtils__/stepContext';
import { findClient } from '../systems/keycloak/clients';
import { bucketStep } from './bucket';
import { databaseStep } from './database';
import { identityStep } from './identity';
import { imageStep } from './image';
import { namespaceStep } from './namespace';
import { releaseStep } from './release';
import { REMOVAL_ORDER } from './removalOrder';
import { runStep } from './runStep';
import { Change, StepContext } from './Step';

const MINUTES = 60_000;
jest.setTimeout(9 * MINUTES);

const platform = sandboxPlatform();
const { kubernetes, keycloak } = platform;
const instance = testInstance();
const { names } = instance;
const ctx: StepContext = {
  instance,
  platform,
  signal: AbortSignal.timeout(20 * MINUTES),
  log: () => undefined,
};

/** Pods that serve: those that are being ended are none of them. */
async function servers(): Promise<(string | undefined)[]> {
  const { items } = await kubernetes.list<V1Pod>(
    {
      apiVersion: 'v1',
      kind: 'Pod',
      namespace: names.namespace,
      labelSelector: `app.kubernetes.io/instance=${names.release}`,
    },
    ctx.signal,
  );
  return items
    .filter(({ metadata }) => !metadata?.deletionTimestamp)
    .map(({ metadata }) => metadata?.uid);
}

const notKept = (changes: Change[]) =>
  changes.filter(({ action }) => action !== 'keep');

async function replaceClientSecret() {
  const client = await findClient(keycloak, names.client, ctx.signal);
  await keycloak.call(
    { what: 'change a secret', role: 'manage-clients', signal: ctx.signal },
    admin => admin.clients.generateNewClientSecret({ id: client?.id ?? '' }),
  );
}

beforeAll(async () => {
  await runStep(imageStep, ctx);
  await runStep(namespaceStep, ctx);
  await runStep(databaseStep, ctx);
  await runStep(bucketStep, ctx);
  await runStep(identityStep, ctx);
  await runStep(releaseStep, ctx);
});

afterAll(async () => {
  for (const step of REMOVAL_ORDER) {
    await step.remove(ctx, { data: 'delete' });
  }
  await platform.close();
});

it('replaces running servers when a secret has changed, and leaves them alone otherwise', async () => {
  const before = await servers();
  expect(before).toHaveLength(1);

  expect(notKept(await runStep(releaseStep, ctx))).toEqual([]);
  expect(await servers()).toEqual(before);

  await replaceClientSecret();
  await runStep(identityStep, ctx);
  expect(notKept(await runStep(releaseStep, ctx))).toEqual([
    expect.objectContaining({
      action: 'update',
      detail: expect.stringContaining('secrets: the servers start anew'),
    }),
  ]);
  const after = await servers();
  expect(after).toHaveLength(1);
  expect(after).not.toEqual(before);

  expect(notKept(await runStep(releaseStep, ctx))).toEqual([]);
  expect(await servers()).toEqual(after);
});

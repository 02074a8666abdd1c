import { homonymOf, testInstance } from '../__testUtils__/instance';
import {
  actionsOf,
  contextOf,
  sandboxPlatform,
} from '../__testUtils__/stepContext';
import { namespaceStep } from './namespace';
import { releaseStep } from './release';

const platform = sandboxPlatform();
const instance = testInstance();
const ctx = contextOf(instance, platform);
const removed = { data: 'delete' } as const;

beforeAll(async () => {
  await actionsOf(namespaceStep, ctx);
});

afterAll(async () => {
  await namespaceStep.remove(ctx, removed);
  await platform.close();
});

it('looks for no release where there is no namespace', async () => {
  const nowhere = contextOf(testInstance(), platform);

  expect(await releaseStep.remove(nowhere, removed)).toMatchObject([
    { system: 'Helm', result: 'absent' },
  ]);
});

it('uninstalls nothing in the namespace of another instance', async () => {
  const other = contextOf(homonymOf(instance), platform);

  expect(await releaseStep.remove(other, removed)).toMatchObject([
    {
      system: 'Helm',
      result: 'kept',
      detail: expect.stringContaining(`it belongs to ${instance.mark}`),
    },
  ]);
  expect(await releaseStep.remove(ctx, removed)).toMatchObject([
    { system: 'Helm', result: 'absent' },
  ]);
});

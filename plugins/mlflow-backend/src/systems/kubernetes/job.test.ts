import { V1Job } from '@kubernetes/client-node';
import { namespaceStep } from '../../steps/namespace';
import { eventually } from '../../__testUtils__/eventually';
import { homonymOf, testInstance } from '../../__testUtils__/instance';
import {
  actionsOf,
  contextOf,
  sandboxPlatform,
} from '../../__testUtils__/stepContext';
import { removeJob, rerunJob } from './job';
import { markedMetadata } from './marks';

const platform = sandboxPlatform();
const { kubernetes } = platform;
const instance = testInstance();
const { namespace } = instance.names;
const ctx = contextOf(instance, platform);

/** A Job that never makes a pod. */
const suspended = (owner = instance): V1Job => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: markedMetadata(owner, 'mlflow-test', namespace),
  spec: {
    suspend: true,
    template: {
      spec: {
        restartPolicy: 'Never',
        containers: [{ name: 'none', image: 'none.example.com/none:1' }],
      },
    },
  },
});

const found = () =>
  kubernetes.get<V1Job>({
    apiVersion: 'batch/v1',
    kind: 'Job',
    name: 'mlflow-test',
    namespace,
  });

beforeAll(async () => {
  await actionsOf(namespaceStep, ctx);
});

afterAll(async () => {
  await namespaceStep.remove(ctx, { data: 'delete' });
  await platform.close();
});

it('runs again in place of the Job of its name, and stops when told', async () => {
  const earlier = await kubernetes.create(suspended());
  const stop = new AbortController();

  const running = rerunJob(kubernetes, suspended(), stop.signal);
  running.catch(() => undefined);
  await eventually('the Job is another', async () => {
    const uid = (await found())?.metadata?.uid;
    return uid !== undefined && uid !== earlier.metadata?.uid;
  });
  stop.abort(new Error('cancelled'));

  await expect(running).rejects.toThrow('cancelled');
});

it('leaves the Job of another instance alone', async () => {
  const before = await found();

  await expect(
    rerunJob(kubernetes, suspended(homonymOf(instance)), ctx.signal),
  ).rejects.toMatchObject({
    name: 'ConflictError',
    message: expect.stringContaining(`it belongs to ${instance.mark}`),
  });
  expect((await found())?.metadata?.uid).toBe(before?.metadata?.uid);
});

it('removes just the Job that it was given', async () => {
  const job = await found();
  const gone = { metadata: { ...job?.metadata, uid: 'another' } };

  await expect(removeJob(kubernetes, gone, ctx.signal)).rejects.toMatchObject({
    name: 'ConflictError',
  });
  expect(await removeJob(kubernetes, job ?? {}, ctx.signal)).toBe('removed');
  expect(await found()).toBeUndefined();
});

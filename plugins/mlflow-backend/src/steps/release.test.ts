import { V1Deployment } from '@kubernetes/client-node';
import { homonymOf, testInstance } from '../__testUtils__/instance';
import {
  actionsOf,
  contextOf,
  sandboxPlatform,
} from '../__testUtils__/stepContext';
import { Platform } from '../platform/Platform';
import { SECRETS_ANNOTATION } from '../releases/values';
import { namespaceStep } from './namespace';
import { releaseStep } from './release';
import { runStep } from './runStep';

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

  for (const { result } of await releaseStep.remove(nowhere, removed)) {
    expect(result).toBe('absent');
  }
});

it('uninstalls nothing in the namespace of another instance', async () => {
  const other = contextOf(homonymOf(instance), platform);

  expect(await releaseStep.remove(other, removed)).toContainEqual({
    system: 'Helm',
    object: `release ${instance.names.release}`,
    result: 'kept',
    detail: expect.stringContaining(`it belongs to ${instance.mark}`),
  });
  expect(await releaseStep.remove(ctx, removed)).toContainEqual({
    system: 'Helm',
    object: `release ${instance.names.release}`,
    result: 'absent',
  });
});

describe('a release without a server', () => {
  const alone = testInstance({ replicas: 0 });
  const prebuilt: Platform = {
    ...platform,
    config: {
      ...platform.config,
      image: {
        ...platform.config.image,
        mode: 'prebuilt',
        prebuilt: {
          '3.17': `registry.example.com/mlflow:1@sha256:${'0'.repeat(64)}`,
        },
      },
    },
  };
  const own = contextOf(alone, prebuilt);
  const { namespace, release, secrets } = alone.names;

  const annotation = async () => {
    const found = await platform.kubernetes.get<V1Deployment>({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      name: release,
      namespace,
    });
    return found?.spec?.template.metadata?.annotations?.[SECRETS_ANNOTATION];
  };

  const changed = async () =>
    (await runStep(releaseStep, own))
      .filter(({ action }) => action !== 'keep')
      .map(({ action, object, detail }) => `${action} ${object}: ${detail}`);

  beforeAll(async () => {
    await actionsOf(namespaceStep, own);
    await platform.secrets.write(alone, secrets.oidc, 'identity', {
      SECRET_KEY: 'made-by-a-test',
      OIDC_CLIENT_SECRET: 'first',
    });
  });

  afterAll(async () => {
    await releaseStep.remove(own, removed);
    await namespaceStep.remove(own, removed);
  });

  it('is installed once, and rolls out when a secret changes', async () => {
    await changed();
    const first = await annotation();
    expect(first).toMatch(/^[0-9a-f]{32}$/);
    expect(await changed()).toEqual([]);

    await platform.secrets.write(alone, secrets.oidc, 'identity', {
      OIDC_CLIENT_SECRET: 'second',
    });
    expect(await changed()).toEqual([
      expect.stringMatching(
        new RegExp(
          `^update release ${release}: secrets: the servers start anew`,
        ),
      ),
    ]);
    expect(await annotation()).not.toBe(first);
    expect(await changed()).toEqual([]);
  });

  it('sets right what somebody changed, and makes again what is gone', async () => {
    const deployment = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: release, namespace },
    };
    const { apiVersion, kind } = deployment;
    const key = { apiVersion, kind, name: release, namespace };
    const before = await platform.kubernetes.get<V1Deployment>(key);
    const [server] = before?.spec?.template.spec?.containers ?? [];
    const env = [...(server.env ?? []), { name: 'SESSION_TYPE', value: 'x' }];
    const containers = [{ ...server, env }];
    await platform.kubernetes.merge({
      ...deployment,
      spec: { minReadySeconds: 1, template: { spec: { containers } } },
    });
    await platform.kubernetes.delete({
      apiVersion: 'v1',
      kind: 'Service',
      name: release,
      namespace,
    });

    expect(await changed()).toEqual([
      expect.stringMatching(/^update release .*Service .* is missing/),
      `update Deployment ${release}: changed by hand: spec.template.spec.containers[0].env`,
    ]);
    const after = await platform.kubernetes.get<V1Deployment>(key);
    expect(after?.spec?.template.spec?.containers).toEqual([server]);
    expect(await changed()).toEqual([]);
  });
});

import { V1Deployment, V1PodSpec } from '@kubernetes/client-node';
import { LINES } from 'backstage-plugin-mlflow-common';
import { clusterAdmin } from '../__testUtils__/clusterAdmin';
import { testInstance } from '../__testUtils__/instance';
import {
  actionsOf,
  contextOf,
  sandboxPlatform,
} from '../__testUtils__/stepContext';
import { namespaceStep } from './namespace';
import { serverJob } from './serverJob';

const platform = sandboxPlatform();
const admin = clusterAdmin();
const image = { repository: 'none.example.com/none', tag: '1' };

/** A pod that no node takes: what counts is whether it is admitted. */
const admit = (namespace: string, name: string, spec: V1PodSpec | undefined) =>
  admin.create({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace },
    spec: { containers: [], ...spec, nodeSelector: { never: 'here' } },
  });

afterAll(() => platform.close());

describe.each(LINES)('under Pod Security "restricted", of line %s', line => {
  const instance = testInstance({ line, replicas: 0 });
  const ctx = contextOf(instance, platform);
  const { namespace, release } = instance.names;

  beforeAll(async () => {
    await actionsOf(namespaceStep, ctx);
    await platform.helm.upgrade(
      {
        name: release,
        namespace,
        chartVersion: instance.release.chart,
        values: instance.release.values({
          instance,
          platform: platform.config,
          image,
          secretsDigest: 'none',
        }),
      },
      ctx.signal,
    );
  });

  afterAll(async () => {
    await platform.helm.uninstall(release, namespace, ctx.signal);
    await namespaceStep.remove(ctx, { data: 'delete' });
  });

  const serverPod = async () => {
    const found = await platform.kubernetes.get<V1Deployment>({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      name: release,
      namespace,
    });
    return found?.spec?.template.spec;
  };

  it('the server is admitted, with seccomp and without a token', async () => {
    const spec = await serverPod();

    await expect(admit(namespace, 'server', spec)).resolves.toMatchObject({
      kind: 'Pod',
    });
    expect(spec?.securityContext?.seccompProfile?.type).toBe('RuntimeDefault');
    expect(spec?.containers[0].securityContext).toMatchObject({
      readOnlyRootFilesystem: true,
      allowPrivilegeEscalation: false,
      runAsNonRoot: true,
      capabilities: { drop: ['ALL'] },
    });
  });

  it('a Job of ours is admitted', async () => {
    const job = serverJob({
      instance,
      platform: platform.config,
      image,
      name: 'mlflow-job',
      script: '',
    });

    await expect(
      admit(namespace, 'job', job.spec?.template.spec),
    ).resolves.toMatchObject({ kind: 'Pod' });
  });

  it('the same server as root is not', async () => {
    const spec = await serverPod();
    const [container] = spec?.containers ?? [];

    await expect(
      admit(namespace, 'root', {
        ...spec,
        containers: [
          { ...container, securityContext: { runAsUser: 0, privileged: true } },
        ],
      }),
    ).rejects.toMatchObject({
      name: 'NotAllowedError',
      message: expect.stringContaining('violates PodSecurity "restricted'),
    });
  });
});

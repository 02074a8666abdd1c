import { V1Namespace, V1Secret } from '@kubernetes/client-node';
import { clusterAdmin } from '../__testUtils__/clusterAdmin';
import { homonymOf, testInstance } from '../__testUtils__/instance';
import {
  actionsOf,
  contextOf,
  sandboxPlatform,
} from '../__testUtils__/stepContext';
import { namespaceStep } from '../steps/namespace';
import { markedMetadata } from '../systems/kubernetes/marks';

const platform = sandboxPlatform();
const portal = platform.kubernetes;
const admin = clusterAdmin();
const instance = testInstance();
const ctx = contextOf(instance, platform);
const own = instance.names.namespace;

/** Made by somebody else, with a name that an instance could have. */
const foreign = `${own}-foreign`;

const secret = (namespace: string): V1Secret => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'mlflow-admission-test', namespace },
  stringData: { a: 'b' },
});

const namespaceOf = (
  name: string,
  changes: { labels?: Record<string, string>; owner?: typeof instance } = {},
): V1Namespace => {
  const metadata = markedMetadata(changes.owner ?? instance, name);
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      ...metadata,
      labels: {
        ...metadata.labels,
        'pod-security.kubernetes.io/enforce': 'restricted',
        ...changes.labels,
      },
    },
  };
};

const key = (name: string) => ({ apiVersion: 'v1', kind: 'Namespace', name });

beforeAll(async () => {
  await actionsOf(namespaceStep, ctx);
  await admin.create<V1Namespace>({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: foreign },
  });
});

afterAll(async () => {
  await namespaceStep.remove(ctx, { data: 'delete' });
  await admin.delete(key(foreign));
  await platform.close();
});

const refused = (reason: string) => ({
  name: 'NotAllowedError',
  message: expect.stringContaining(reason),
});

describe("kubernetes/admission.yaml, with the portal's own identity", () => {
  it('lets it write in its own namespace', async () => {
    await expect(portal.create(secret(own))).resolves.toMatchObject({
      kind: 'Secret',
    });
  });

  it.each(['default', 'kube-system', 'backstage-mlflow', foreign])(
    'lets it write no Secret in %s',
    async namespace => {
      await expect(portal.create(secret(namespace))).rejects.toMatchObject(
        refused('writes in its own namespaces only'),
      );
      await expect(portal.apply(secret(namespace))).rejects.toMatchObject(
        refused('writes in its own namespaces only'),
      );
    },
  );

  it('lets it delete nothing of others', async () => {
    await admin.create(secret(foreign));

    await expect(
      portal.delete({
        apiVersion: 'v1',
        kind: 'Secret',
        name: 'mlflow-admission-test',
        namespace: foreign,
      }),
    ).rejects.toMatchObject(refused('writes in its own namespaces only'));
  });

  it.each<[string, V1Namespace]>([
    [
      'without our label',
      { ...key(`${own}-x`), metadata: { name: `${own}-x` } },
    ],
    ['called otherwise', namespaceOf('not-mlflow')],
    [
      'open to any pod',
      namespaceOf(`${own}-x`, {
        labels: { 'pod-security.kubernetes.io/enforce': 'privileged' },
      }),
    ],
  ])('lets it make no namespace %s', async (_, namespace) => {
    await expect(portal.apply(namespace)).rejects.toMatchObject(
      refused('makes namespaces called mlflow'),
    );
  });

  it.each([foreign, 'default'])(
    'lets it put its label on no namespace of others: %s',
    async name => {
      await expect(portal.apply(namespaceOf(name))).rejects.toMatchObject(
        refused('changes no namespace but its own'),
      );
    },
  );

  it('lets it delete no namespace of others', async () => {
    await expect(portal.delete(key(foreign))).rejects.toMatchObject(
      refused('deletes no namespace but its own'),
    );
  });

  it.each<[string, V1Namespace]>([
    [
      'open it to any pod',
      namespaceOf(own, {
        labels: { 'pod-security.kubernetes.io/enforce': 'baseline' },
      }),
    ],
    ['take its mark', namespaceOf(own, { owner: homonymOf(instance) })],
  ])('lets it not %s', async (_, namespace) => {
    await expect(portal.apply(namespace)).rejects.toMatchObject(
      refused('changes no namespace but its own'),
    );
  });
});

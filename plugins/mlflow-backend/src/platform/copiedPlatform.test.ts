import { randomBytes } from 'node:crypto';
import { mockServices } from '@backstage/backend-test-utils';
import { V1ConfigMap } from '@kubernetes/client-node';
import { actionsFor, OWNER, runAction } from '../__testUtils__/actions';
import { clusterAdmin } from '../__testUtils__/clusterAdmin';
import { eventually } from '../__testUtils__/eventually';
import { sandboxPlatformConfig } from '../__testUtils__/sandbox';
import { secondPlatform } from '../__testUtils__/secondPlatform';
import { InstanceWatch } from '../watch/InstanceWatch';
import { checkPlatform } from './checkPlatform';
import { createPlatform } from './Platform';

const name = `t-${randomBytes(4).toString('hex')}`;
const signal = AbortSignal.timeout(120_000);
const SENTENCE = /were made on another cluster. An admin must say whether/;

/** Those that only look. */
const READ_ONLY = ['mlflow:platform:check', 'mlflow:instance:plan'];

let portal: ReturnType<typeof actionsFor> & { key: string };
let removePlatform: () => Promise<void>;
let identity: Record<string, string>;

const platform = () => portal.platforms.get(portal.key);

const identityKey = () => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  name: 'platform',
  namespace: platform().config.kubernetes.namespace,
});

/** As a restored backup of another cluster would have it. */
async function setClusterUid(clusterUid: string) {
  const { name: of, namespace, ...type } = identityKey();
  await clusterAdmin().apply<V1ConfigMap>({
    ...type,
    metadata: { name: of, namespace },
    data: { ...identity, clusterUid },
  });
}

const inputOf = (id: string) =>
  id === 'mlflow:instance:claim'
    ? { platform: portal.key, name, owner: OWNER }
    : { instance: `${portal.key}/${name}`, owner: OWNER };

const run = (id: string) => {
  const action = portal.actions.get(id);
  if (!action) {
    throw new Error(`There is no action ${id}.`);
  }
  return runAction(action, inputOf(id));
};

beforeAll(async () => {
  const made = await secondPlatform('restored');
  removePlatform = made.remove;
  portal = { ...actionsFor(made.config, { shows: [name] }), key: 'restored' };
  await run('mlflow:instance:claim');
  await run('mlflow:namespace:ensure');
  const found = await platform().kubernetes.get<V1ConfigMap>(identityKey());
  identity = found?.data ?? {};
  await setClusterUid('uid-of-the-origin');
});

afterAll(async () => {
  await setClusterUid(identity.clusterUid);
  await run('mlflow:instance:undo');
  await platform().close();
  await removePlatform();
});

describe('on a copied platform', () => {
  it('every action that writes refuses, and writes nothing', async () => {
    const before = await platform().records.require(name);
    const writing = [...portal.actions.keys()].filter(
      id => !READ_ONLY.includes(id),
    );
    expect(writing.length).toBeGreaterThan(10);

    for (const id of writing) {
      await expect(run(id)).rejects.toThrow(SENTENCE);
    }

    expect(await platform().records.require(name)).toEqual(before);
  });

  it('instances are still seen, and their records read', async () => {
    const watch = new InstanceWatch(platform(), {
      logger: mockServices.logger.mock(),
    });
    watch.start();
    await eventually('it is seen', () => watch.get(name) !== undefined);
    watch.stop();

    const { records, errors } = await platform().records.list();
    expect(records.map(({ spec }) => spec.name)).toEqual([name]);
    expect(errors).toEqual([]);
  });

  it('the check names it', async () => {
    const findings = await checkPlatform(platform(), signal);

    expect(findings).toContainEqual({
      check: 'Kubernetes: the API server answers and the records have a place',
      ok: false,
      problem: expect.stringMatching(SENTENCE),
    });
  });

  it('the check tells a portal that no policy confines from one that is', async () => {
    const check = 'Kubernetes: the portal is confined to its own namespaces';
    const confined = createPlatform(sandboxPlatformConfig(), {
      logger: mockServices.logger.mock(),
    });

    // The policy names the account of the shipped file, and this is another one.
    expect(await checkPlatform(platform(), signal)).toContainEqual({
      check,
      ok: false,
      problem: expect.stringContaining('Apply the plugin'),
    });
    expect(await checkPlatform(confined, signal)).toContainEqual({
      check,
      ok: true,
    });
    await confined.close();
  });

  it('all goes on once an admin says that it replaces the other', async () => {
    await setClusterUid(identity.clusterUid);

    await expect(run('mlflow:namespace:ensure')).resolves.toBeDefined();
    await setClusterUid('uid-of-the-origin');
  });
});

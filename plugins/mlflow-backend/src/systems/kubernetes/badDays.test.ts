import { KubeConfig, V1Namespace, V1Secret } from '@kubernetes/client-node';
import { BadDayProxy, Day } from '../../__testUtils__/BadDayProxy';
import { clusterAdmin } from '../../__testUtils__/clusterAdmin';
import { eventually } from '../../__testUtils__/eventually';
import { saysItShortly } from '../../__testUtils__/hostileText';
import { testInstance } from '../../__testUtils__/instance';
import {
  actionsOf,
  contextOf,
  sandboxPlatform,
} from '../../__testUtils__/stepContext';
import { namespaceStep } from '../../steps/namespace';
import { KubernetesClient } from './KubernetesClient';

const platform = sandboxPlatform();
const { server = '', ca, token } = platform.config.kubernetes;

/** The same account at another address. */
function clientAt(
  address: string,
  changes: { ca?: string; token?: string } = {},
  timeoutMs = 5_000,
): KubernetesClient {
  const { ca: trusted, token: bearer } = { ca, token, ...changes };
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromOptions({
    clusters: [
      {
        name: 'c',
        server: address,
        caData: trusted && Buffer.from(trusted).toString('base64'),
        skipTLSVerify: address.startsWith('http:'),
      },
    ],
    users: [{ name: 'u', token: bearer }],
    contexts: [{ name: 'x', cluster: 'c', user: 'u' }],
    currentContext: 'x',
  });
  return new KubernetesClient(kubeConfig, { timeoutMs });
}

const kubeSystem = { apiVersion: 'v1', kind: 'Namespace', name: 'kube-system' };
const read = (client: KubernetesClient) => client.get<V1Namespace>(kubeSystem);

afterAll(() => platform.close());

const DAYS: [string, Day, RegExp][] = [
  ['silent', 'silent', /did not answer \(no answer within 5 s\)\. Check/],
  ['cut off', 'cut', /did not answer.*Check .*kubernetes and that the API/],
  [
    'failing',
    { status: 500 },
    /the API server answered 500. Look into its log/,
  ],
  ['overloaded', { status: 429 }, /is overloaded. Run it again later/],
];

describe.each(DAYS)('an API server, %s', (_, day, sentence) => {
  it('is named with the remedy, and works again', async () => {
    const proxy = await BadDayProxy.listen(server, {
      ca,
      headers: { authorization: `Bearer ${token}` },
    });
    // It speaks plain http, over which the library sends no token.
    const client = clientAt(proxy.url, { token: undefined, ca: undefined });
    await read(client);
    proxy.day = day;
    const error: unknown = await read(client).catch(e => e);

    expect(error).toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringMatching(
        /^Kubernetes: could not read Namespace kube-system/,
      ),
    });
    expect(String(error)).toMatch(sentence);
    expect(String(error)).not.toContain('s3cr3t');
    expect(saysItShortly(error)).toBe(true);

    proxy.day = 'good';
    expect(await read(client)).toMatchObject({ kind: 'Namespace' });
    await proxy.close();
  });
});

it('with a certificate of another CA says where the CA belongs', async () => {
  const client = clientAt(server, { ca: platform.config.ca }, 20_000);

  await expect(read(client)).rejects.toMatchObject({
    name: 'ServiceUnavailableError',
    message: expect.stringMatching(
      /certificate is not trusted .*mlflow.platforms.<platform>.kubernetes.ca/,
    ),
  });
});

it('with a token that it does not know names the token, and does not show it', async () => {
  const client = clientAt(server, { token: 'not-a-token' }, 20_000);
  const error: unknown = await read(client).catch(e => e);

  expect(error).toMatchObject({
    name: 'NotAllowedError',
    message: expect.stringMatching(/does not know the portal's token. Renew/),
  });
  expect(String(error)).not.toContain('not-a-token');
});

describe('in a namespace with a quota', () => {
  const instance = testInstance();
  const { namespace } = instance.names;
  const ctx = contextOf(instance, platform);
  const admin = clusterAdmin();
  const quota = {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: 'none', namespace },
    spec: { hard: { secrets: '0' } },
  };
  const secretCalled = (name: string, within = namespace): V1Secret => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace: within },
  });
  let made = 0;
  // Each has a name of its own: one may be made before the quota is in force.
  const makeSecret = () =>
    platform.kubernetes.create(secretCalled(`x-${(made += 1)}`));

  beforeAll(async () => {
    await actionsOf(namespaceStep, ctx);
  });

  afterAll(async () => {
    await namespaceStep.remove(ctx, { data: 'delete' });
  });

  it('says that it is reached, and not that a right is lacking', async () => {
    await admin.create(quota);
    let error: unknown;
    await eventually('the quota holds', async () => {
      error = await makeSecret().catch(e => e);
      return error instanceof Error;
    });

    expect(error).toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringMatching(
        /the quota of the namespace is reached .*Have the cluster's admin raise it/,
      ),
    });
    expect(saysItShortly(error)).toBe(true);

    // A quota that was just removed may count for 30 s more (the admission's cache).
    await admin.apply({ ...quota, spec: { hard: { secrets: '1000' } } });
    await eventually('the quota is raised', () =>
      makeSecret().then(
        () => true,
        () => false,
      ),
    );
  });

  it('under a policy of the cluster says whom to ask', async () => {
    await expect(
      platform.kubernetes.create(secretCalled('x', 'default')),
    ).rejects.toMatchObject({
      name: 'NotAllowedError',
      message: expect.stringMatching(/A policy of the cluster refuses it: ask/),
    });
  });
});

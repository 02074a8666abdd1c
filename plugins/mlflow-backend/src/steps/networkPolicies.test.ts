import { testInstance } from '../__testUtils__/instance';
import { testPlatformConfig } from '../__testUtils__/platformConfig';
import { PlatformConfig } from '../platform/config';
import { openPorts } from './egressTargets';
import { networkPolicies } from './networkPolicies';

const config = testPlatformConfig();
const instance = testInstance({ name: 'x' });

const specOf = (
  name: string,
  changes: Partial<PlatformConfig> = {},
  owner = instance,
) =>
  networkPolicies(owner, { ...config, ...changes }).find(
    ({ metadata }) => metadata?.name === name,
  )?.spec;

const policy = (changes: Partial<PlatformConfig['networkPolicy']>) => ({
  networkPolicy: { ...config.networkPolicy, ...changes },
});

const namespace = (name: string) => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
});

const tcp = (port: number) => ({ port, protocol: 'TCP' });

describe('networkPolicies', () => {
  it('deny all, in the namespace and with the mark of the instance', () => {
    expect(specOf('mlflow-default-deny')).toEqual({
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
    });
    for (const { metadata } of networkPolicies(instance, config)) {
      expect(metadata).toMatchObject({
        namespace: 'mlflow-x',
        annotations: { 'mlflow.org/mark': instance.mark },
      });
    }
  });

  it('let nobody but the named call the server', () => {
    expect(
      specOf(
        'mlflow-ingress',
        policy({
          ingressNamespaces: ['ingress'],
          ingressCidrs: ['10.0.0.1/32'],
          clientNamespaces: ['training'],
        }),
      ),
    ).toEqual({
      podSelector: {
        matchLabels: { 'app.kubernetes.io/instance': 'mlflow-x' },
      },
      policyTypes: ['Ingress'],
      ingress: [
        {
          _from: [
            { podSelector: {} },
            namespace('ingress'),
            namespace('training'),
            { ipBlock: { cidr: '10.0.0.1/32' } },
          ],
          ports: [tcp(5000)],
        },
      ],
    });
  });

  it.each<[string, Partial<PlatformConfig>, string]>([
    ['of Prometheus by default', {}, 'monitoring'],
    [
      'of the ServiceMonitors',
      { monitoring: { namespace: 'prom', labels: {} } },
      'prom',
    ],
    ['that is named', policy({ monitoringNamespaces: ['metrics'] }), 'metrics'],
  ])('let the namespace %s scrape', (_, changes, expected) => {
    const scraped = testInstance({ name: 'x', metrics: true });

    expect(specOf('mlflow-ingress', changes, scraped)).toMatchObject({
      ingress: [{ _from: expect.arrayContaining([namespace(expected)]) }],
    });
    expect(JSON.stringify(specOf('mlflow-ingress', changes))).not.toContain(
      `"${expected}"`,
    );
  });

  it('let pods reach DNS and, where only names are known, three ports', () => {
    expect(specOf('mlflow-egress')?.egress).toEqual([
      { ports: [{ port: 53, protocol: 'UDP' }, tcp(53)] },
      { ports: [tcp(5433)] },
      { ports: [tcp(443)] },
      { ports: [tcp(8443)] },
    ]);
  });

  it.each<[string, string, object]>([
    ['an address', '10.1.2.3', { to: [{ ipBlock: { cidr: '10.1.2.3/32' } }] }],
    [
      'an IPv6 address',
      'fd00::1',
      { to: [{ ipBlock: { cidr: 'fd00::1/128' } }] },
    ],
    ['a Service', 'pg-rw.data.svc.cluster.local', { to: [namespace('data')] }],
    ['a Service, short', 'pg-rw.data.svc', { to: [namespace('data')] }],
    ['a name', 'db.example.com', {}],
  ])('open PostgreSQL as %s', (_, host, expected) => {
    const [, rule] =
      specOf('mlflow-egress', {
        postgres: { ...config.postgres, inCluster: { host, port: 5432 } },
      })?.egress ?? [];

    expect(rule).toEqual(
      // Of a Service the pods' own port counts, which nobody here knows.
      host.includes('.svc') ? expected : { ...expected, ports: [tcp(5432)] },
    );
  });

  it('take what the platform adds, and an object store in brackets', () => {
    const egress = specOf('mlflow-egress', {
      objectStore: { ...config.objectStore, endpoint: 'http://[fd00::2]:9000' },
      ...policy({
        extraEgress: [
          { cidr: '192.0.2.0/24', ports: [443] },
          { namespace: 'webhooks', ports: [] },
        ],
      }),
    })?.egress;

    expect(egress).toEqual(
      expect.arrayContaining([
        { to: [{ ipBlock: { cidr: 'fd00::2/128' } }], ports: [tcp(9000)] },
        { to: [{ ipBlock: { cidr: '192.0.2.0/24' } }], ports: [tcp(443)] },
        { to: [namespace('webhooks')] },
      ]),
    );
  });

  it('say which ports are open to every address', () => {
    expect(openPorts(config)).toBe(
      'a policy knows no names, so these ports are open to every address: 5433 for PostgreSQL at pg.svc; 443 for object store at s3.example.com; 8443 for Keycloak at keycloak.svc',
    );
    expect(
      openPorts({
        ...config,
        postgres: {
          ...config.postgres,
          inCluster: undefined,
          host: '10.0.0.1',
        },
        objectStore: { ...config.objectStore, endpoint: 'http://s3.store.svc' },
        keycloak: {
          ...config.keycloak,
          inCluster: { url: 'https://keycloak.auth.svc:8443' },
        },
      }),
    ).toBeUndefined();
  });

  it('are none where the platform turns them off', () => {
    expect(
      networkPolicies(instance, { ...config, ...policy({ enabled: false }) }),
    ).toEqual([]);
  });
});

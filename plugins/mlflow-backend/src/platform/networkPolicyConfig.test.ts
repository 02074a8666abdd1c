import { ConfigReader } from '@backstage/config';
import { JsonObject } from '@backstage/types';
import { readPlatformConfigs } from './config';

const read = (networkPolicy?: JsonObject) => {
  const [result] = readPlatformConfigs(
    new ConfigReader({
      mlflow: {
        platforms: {
          p: {
            domains: ['example.com'],
            kubernetes: { inCluster: true },
            image: {},
            postgres: { host: 'h', user: 'u', password: 'p' },
            objectStore: {
              endpoint: 'https://s3.example.com',
              accessKeyId: 'a',
              secretAccessKey: 's',
            },
            keycloak: {
              url: 'https://auth.example.com',
              realm: 'r',
              clientId: 'c',
              clientSecret: 's',
            },
            ...(networkPolicy && { networkPolicy }),
          },
        },
      },
    }),
  );
  return 'error' in result ? result.error.message : result.config.networkPolicy;
};

describe('networkPolicy', () => {
  it('is on by default, for Traefik where its chart and k3s put it', () => {
    expect(read()).toEqual({
      enabled: true,
      ingressNamespaces: ['traefik', 'kube-system'],
      ingressCidrs: [],
      clientNamespaces: [],
      extraEgress: [],
    });
  });

  it('takes ranges of addresses, and namespaces', () => {
    expect(
      read({
        ingressCidrs: ['10.0.0.0/8', 'fd00::/48'],
        extraEgress: [
          { cidr: '192.0.2.1/32', ports: [443] },
          { namespace: 'webhooks' },
        ],
      }),
    ).toMatchObject({
      ingressCidrs: ['10.0.0.0/8', 'fd00::/48'],
      extraEgress: [
        { cidr: '192.0.2.1/32', ports: [443] },
        { namespace: 'webhooks', ports: [] },
      ],
    });
  });

  it.each([
    '10.0.0.1',
    '10.0.0.0/33',
    '10.0.0.0/',
    '10.0.0.0/8/8',
    'fd00::/129',
    'example.com/24',
    '',
  ])('refuses %j as a range, and names the key', range => {
    expect(read({ ingressCidrs: [range] })).toMatch(
      /^mlflow\.platforms\.p\.networkPolicy\.ingressCidrs\.0: /,
    );
  });

  it.each([
    [{}],
    [{ cidr: '10.0.0.0/8', namespace: 'x' }],
    [{ namespace: 'x', ports: [0] }],
    [{ namespace: 'x', ports: [65536] }],
  ])('refuses the egress %j', egress => {
    expect(read({ extraEgress: [egress] })).toMatch(
      /^mlflow\.platforms\.p\.networkPolicy\.extraEgress\.0/,
    );
  });
});

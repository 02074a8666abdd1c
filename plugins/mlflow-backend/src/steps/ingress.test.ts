import { testInstance } from '../__testUtils__/instance';
import { testPlatformConfig } from '../__testUtils__/platformConfig';
import { ingressObjects } from './ingress';

const instance = testInstance({ name: 'x', host: 'x.example.com' });
const config = testPlatformConfig();

const guardOf = (tlsSecret?: string) =>
  ingressObjects(instance, {
    ...config,
    ingress: { ...config.ingress, entryPoint: 'secure', tlsSecret },
  }).find(({ kind }) => kind === 'Ingress');

describe('ingressObjects', () => {
  it('are all in the namespace of the instance and bear its mark', () => {
    for (const { metadata } of ingressObjects(instance, config)) {
      expect(metadata).toMatchObject({
        namespace: instance.names.namespace,
        annotations: { 'mlflow.org/mark': instance.mark },
      });
    }
  });

  it('tell the server under which address it is seen', () => {
    expect(ingressObjects(instance, config)).toContainEqual(
      expect.objectContaining({
        kind: 'Middleware',
        spec: {
          headers: {
            customRequestHeaders: {
              'X-Forwarded-Proto': 'https',
              'X-Forwarded-Host': 'x.example.com',
              'X-Forwarded-Port': '443',
            },
          },
        },
      }),
    );
  });

  it.each([
    ['/metrics', 'Prefix'],
    ['/api/3.0/mlflow/server-info', 'Exact'],
  ])('hide %s', (path, pathType) => {
    const hide = ingressObjects(instance, config).find(
      object =>
        'spec' in object && JSON.stringify(object).includes('replacePath'),
    );
    const middleware = `${instance.names.namespace}-${hide?.metadata?.name}@kubernetescrd`;

    expect(guardOf()).toMatchObject({
      metadata: {
        annotations: {
          'traefik.ingress.kubernetes.io/router.entrypoints': 'secure',
          'traefik.ingress.kubernetes.io/router.middlewares': middleware,
        },
      },
      spec: {
        ingressClassName: config.ingress.className,
        rules: [
          {
            host: 'x.example.com',
            http: {
              paths: expect.arrayContaining([
                expect.objectContaining({ path, pathType }),
              ]),
            },
          },
        ],
      },
    });
  });

  it.each([
    ['of the platform', 'wildcard', { secretName: 'wildcard' }],
    ['of the ingress controller', undefined, {}],
  ])('take the certificate %s', (_, secret, expected) => {
    expect(guardOf(secret)).toMatchObject({
      spec: { tls: [{ hosts: ['x.example.com'], ...expected }] },
    });
    expect(JSON.stringify(guardOf(secret)).includes('secretName')).toBe(
      secret !== undefined,
    );
  });
});

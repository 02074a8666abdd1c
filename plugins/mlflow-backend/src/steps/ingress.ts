import { KubernetesObject, V1Ingress } from '@kubernetes/client-node';
import { HEADERS_MIDDLEWARE } from '../releases/values';
import { MLFLOW_PORT } from '../releases/Release';
import { PlatformConfig } from '../platform/config';
import { markedMetadata } from '../systems/kubernetes/marks';
import { Instance } from './Step';

/** Traefik Middleware that turns a path into one that nothing serves. */
const HIDE_MIDDLEWARE = 'mlflow-hide';

/** Ingress of the paths that must not be had from outside. */
export const GUARD_INGRESS = 'mlflow-guard';

/** A path that MLflow does not serve. */
const NOWHERE = '/not-served-outside-the-cluster';

interface Middleware extends KubernetesObject {
  spec: {
    headers?: { customRequestHeaders: Record<string, string> };
    replacePath?: { path: string };
  };
}

/**
 * What the chart's Ingress lacks: forwarded headers, and a guard on the paths
 * that are for the cluster alone.
 *
 * - `/metrics` needs no login.
 * - `server-info` makes clients of MLflow 3.17 download artifacts straight from
 *   the object store, whose in-cluster address they cannot reach; without it
 *   they download through MLflow.
 */
export function ingressObjects(
  instance: Instance,
  { ingress }: PlatformConfig,
): KubernetesObject[] {
  const { namespace, release } = instance.names;
  const { host } = instance.spec;
  const middleware = (name: string, spec: Middleware['spec']): Middleware => ({
    apiVersion: 'traefik.io/v1alpha1',
    kind: 'Middleware',
    metadata: markedMetadata(instance, name, namespace),
    spec,
  });
  const metadata = markedMetadata(instance, GUARD_INGRESS, namespace);
  const guarded = (path: string, pathType: string) => ({
    path,
    pathType,
    backend: { service: { name: release, port: { number: MLFLOW_PORT } } },
  });
  const guard: V1Ingress = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: {
      ...metadata,
      annotations: {
        ...metadata.annotations,
        'traefik.ingress.kubernetes.io/router.entrypoints': ingress.entryPoint,
        'traefik.ingress.kubernetes.io/router.middlewares': `${namespace}-${HIDE_MIDDLEWARE}@kubernetescrd`,
      },
    },
    spec: {
      ingressClassName: ingress.className,
      rules: [
        {
          host,
          http: {
            paths: [
              guarded('/metrics', 'Prefix'),
              guarded('/api/3.0/mlflow/server-info', 'Exact'),
            ],
          },
        },
      ],
      tls: [
        {
          hosts: [host],
          ...(ingress.tlsSecret && { secretName: ingress.tlsSecret }),
        },
      ],
    },
  };
  return [
    middleware(HEADERS_MIDDLEWARE, {
      headers: {
        customRequestHeaders: {
          'X-Forwarded-Proto': 'https',
          'X-Forwarded-Host': host,
          'X-Forwarded-Port': '443',
        },
      },
    }),
    middleware(HIDE_MIDDLEWARE, { replacePath: { path: NOWHERE } }),
    guard,
  ];
}

import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { V1Deployment, V1Pod } from '@kubernetes/client-node';
import {
  instanceNames,
  mlflowInstanceReadPermission,
} from 'backstage-plugin-mlflow-common';
import { Router } from 'express';
import { resolveInstance } from '../src/catalog/resolveInstance';
import { instanceStatus } from '../src/health/readiness';
import { authorizeInstance, instanceResource } from '../src/permissions';
import { platformsServiceRef } from '../src/platform/PlatformsService';

/**
 * The status as one would write it first: each view reads the entity, asks for
 * the permission, and asks the API server for record, Deployment and pods.
 */
export default createBackendPlugin({
  pluginId: 'mlflow-plain',
  register(env) {
    env.registerInit({
      deps: {
        catalog: catalogServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        permissions: coreServices.permissions,
        platforms: platformsServiceRef,
      },
      async init({ catalog, httpAuth, httpRouter, permissions, platforms }) {
        const router = Router();
        router.get(
          '/entity/:namespace/:kind/:name/status',
          async (req, res) => {
            const { kind, namespace, name } = req.params;
            const credentials = await httpAuth.credentials(req, {
              allow: ['user'],
            });
            const entityRef = { kind, namespace, name };
            const ref = resolveInstance(
              await catalog.getEntityByRef(entityRef, { credentials }),
            );
            if (!ref) {
              throw new NotFoundError(stringifyEntityRef(entityRef));
            }
            await authorizeInstance({
              permissions,
              permission: mlflowInstanceReadPermission,
              resourceRef: instanceResource(ref),
              credentials,
            });
            const { kubernetes, records } = platforms.get(ref.platform);
            const names = instanceNames(ref.name);
            const [record, deployment, pods] = await Promise.all([
              records.get(ref.name),
              kubernetes.get<V1Deployment>({
                apiVersion: 'apps/v1',
                kind: 'Deployment',
                name: names.release,
                namespace: names.namespace,
              }),
              kubernetes.list<V1Pod>({
                apiVersion: 'v1',
                kind: 'Pod',
                namespace: names.namespace,
              }),
            ]);
            if (!record) {
              throw new NotFoundError(stringifyEntityRef(entityRef));
            }
            const now = new Date();
            res.json(
              instanceStatus(
                { record, deployment, pods: pods.items, jobs: [], jobPods: [] },
                { complete: true, rightAt: now },
                now,
              ),
            );
          },
        );
        httpRouter.use(router);
      },
    });
  },
});

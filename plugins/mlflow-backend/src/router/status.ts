import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  CompoundEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { NotFoundError, ServiceUnavailableError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  InstanceReference,
  mlflowInstanceReadPermission,
  stringifyInstanceReference,
} from 'backstage-plugin-mlflow-common';
import { resolveInstance } from '../catalog/resolveInstance';
import { ObservedInstance, InstanceSource } from '../watch/ObservedInstance';
import { instanceStatus } from '../health/readiness';
import { authorizeInstance, instanceResource } from '../permissions';
import { audited } from './audited';
import { ApiRouter, RouterOptions } from './RouterOptions';

/** `GET /v1/entity/:namespace/:kind/:name/status` */
export function addStatusRoute(
  router: ApiRouter,
  options: RouterOptions,
): void {
  const { catalog, httpAuth, permissions, platforms, sources } = options;

  router.get('/v1/entity/:namespace/:kind/:name/status', async (req, res) => {
    const { kind, namespace, name } = req.params;
    const entityRef = { kind, namespace, name };
    const status = await audited(
      options,
      {
        eventId: 'instance-status-fetch',
        request: req,
        meta: { entityRef: stringifyEntityRef(entityRef) },
      },
      async () => {
        const credentials = await httpAuth.credentials(req, {
          allow: ['user', 'service'],
        });
        const ref = await resolveEntity(catalog, entityRef, credentials);
        platforms.get(ref.platform);
        const source = sources.get(ref.platform);
        const observed = observe(source, ref);
        await authorizeInstance({
          permissions,
          permission: mlflowInstanceReadPermission,
          resourceRef: instanceResource(ref),
          credentials,
        });
        return instanceStatus(
          observed.instance,
          observed.source.freshness(),
          new Date(),
        );
      },
    );
    res.json(status);
  });
}

async function resolveEntity(
  catalog: CatalogService,
  entityRef: CompoundEntityRef,
  credentials: BackstageCredentials,
): Promise<InstanceReference> {
  const entity = await catalog.getEntityByRef(entityRef, { credentials });
  const ref = resolveInstance(entity);
  if (!ref) {
    throw new NotFoundError(
      `Catalog: ${stringifyEntityRef(
        entityRef,
      )} does not stand for an MLflow instance that you can see.`,
    );
  }
  return ref;
}

function observe(
  source: InstanceSource | undefined,
  ref: InstanceReference,
): { source: InstanceSource; instance: ObservedInstance } {
  const instance = source?.get(ref.name);
  if (source && instance) {
    return { source, instance };
  }
  const { complete, error } = source?.freshness() ?? { complete: false };
  if (complete) {
    throw new NotFoundError(
      `No instance ${stringifyInstanceReference(
        ref,
      )} is recorded any more. The catalog drops its entity in a moment.`,
    );
  }
  throw new ServiceUnavailableError(
    `Kubernetes: the instances of platform ${ref.platform} are not known yet. Try again in a moment; if it lasts, a platform admin must see to its API server.`,
    error,
  );
}

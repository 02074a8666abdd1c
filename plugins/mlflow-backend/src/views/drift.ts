import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { InstancePlan } from 'backstage-plugin-mlflow-common';
import { instancePage } from '../catalog/entity';
import { wantedAccess } from '../catalog/people';
import { planEntity } from '../catalog/planEntity';
import { InstanceRecord } from '../instances/InstanceRecord';
import { planInstance } from '../plan/planInstance';
import { ownUrls } from '../platform/ownHosts';
import { Platform } from '../platform/Platform';
import { Portal } from '../platform/portal';

/**
 * How an instance differs from what was asked for: the plan of a run with the
 * settings of its record. Every system is asked, and nothing is changed.
 *
 * @param credentials - of the plugin itself: the answer serves all who may read
 * it, so it must not depend on who asked first
 */
export async function readDrift(
  deps: Portal & { catalog: CatalogService },
  platform: Platform,
  { spec, createdBy }: InstanceRecord,
  credentials: BackstageCredentials,
  signal: AbortSignal,
): Promise<InstancePlan> {
  const { keycloak } = platform.config;
  return planInstance(
    {
      platform,
      spec,
      creator: createdBy,
      hostDerived: false,
      // Whether a run may build is a matter of who starts one.
      mayBuild: async () => true,
      changeHint: `see its page, ${instancePage(deps.appUrl, spec)}`,
      ownUrls: [...ownUrls(platform.config), ...deps.portalUrls],
      access: creator =>
        wantedAccess(
          deps,
          { creator, owner: spec.owner },
          keycloak,
          credentials,
        ),
      entity: () => planEntity(deps.catalog, spec, credentials),
      // The only record that the plan looks at is the instance's own.
      mayRead: async () => true,
    },
    signal,
  );
}

import { LoggerService } from '@backstage/backend-plugin-api';
import { InstanceReference } from 'backstage-plugin-mlflow-common';
import { InstanceSources } from '../watch/InstanceSources';
import { PlatformsService } from '../platform/PlatformsService';
import { MlflowInstanceResource, parseResource } from './resource';

/** Where the owners of instances are read. */
export interface ResourceOrigins {
  sources: InstanceSources;
  platforms: PlatformsService;
  logger: LoggerService;
}

/**
 * What the policy's conditions are applied to. An instance that is unknown, or
 * whose platform does not answer, is undefined, which denies.
 */
export async function loadResources(
  origins: ResourceOrigins,
  references: string[],
): Promise<(MlflowInstanceResource | undefined)[]> {
  return Promise.all(
    references.map(async reference => {
      const parsed = parseResource(reference);
      if (parsed?.kind === 'candidate') {
        return parsed.resource;
      }
      return parsed && loadInstance(origins, parsed.ref);
    }),
  );
}

async function loadInstance(
  { sources, platforms, logger }: ResourceOrigins,
  ref: InstanceReference,
): Promise<MlflowInstanceResource | undefined> {
  const watched = sources.get(ref.platform)?.get(ref.name)?.record;
  try {
    // A record that was written a moment ago has not come by the watch yet.
    const record =
      watched ?? (await platforms.get(ref.platform).records.get(ref.name));
    return record && { ...ref, owner: record.spec.owner };
  } catch (error) {
    logger.warn(
      `The owner of MLflow instance ${ref.platform}/${ref.name} could not be read, so access to it is denied: ${error}`,
    );
    return undefined;
  }
}

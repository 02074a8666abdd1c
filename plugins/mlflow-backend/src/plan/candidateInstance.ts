import { instanceNames, InstanceSpec } from 'backstage-plugin-mlflow-common';
import { releaseOf } from '../releases/releases';
import { Instance } from '../steps/Step';

/** Stands for what the first claim on a platform makes. */
const NEW = 'new';

/**
 * An instance as it would be; its id is made by the claim. Nothing outside bears
 * its mark, so whatever has one of its names is in the way.
 *
 * @param platformId - absent before the first claim on the platform
 */
export function candidateInstance(
  spec: InstanceSpec,
  platformId: string = NEW,
): Instance {
  return {
    id: NEW,
    mark: `${platformId}/${NEW}`,
    spec,
    names: instanceNames(spec.name),
    release: releaseOf(spec.line),
  };
}

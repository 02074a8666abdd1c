import { NotAllowedError } from '@backstage/errors';
import { mayBuildImages } from '../permissions/imageBuild';
import { Change } from '../steps/Step';
import { ActionDependencies } from './dependencies';
import { InstanceActionContext } from './instanceAction';

/**
 * Docker is root on its host, so an image is built only for whom the policy
 * lets; anybody may use one that is there.
 *
 * @throws NotAllowedError
 */
export async function allowImageBuild(
  deps: Pick<ActionDependencies, 'permissions'>,
  {
    platform,
    record,
    credentials,
  }: Pick<InstanceActionContext, 'platform' | 'record' | 'credentials'>,
  changes: Change[],
): Promise<void> {
  if (
    changes.some(({ action }) => action === 'create') &&
    !(await mayBuildImages(deps, platform.name, credentials))
  ) {
    throw new NotAllowedError(
      `Registry: the image of line ${record.spec.line} is not built yet on platform ${platform.name}, and you lack the permission mlflow.image.build. Ask a platform admin, whose first instance of this line builds it, and run again.`,
    );
  }
}

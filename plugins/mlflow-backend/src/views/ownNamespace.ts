import { ConflictError, NotFoundError } from '@backstage/errors';
import { readNamespace } from '../steps/namespace';
import { Instance } from '../steps/Step';
import { KubernetesClient } from '../systems/kubernetes/KubernetesClient';
import { foreignOwner, markOf } from '../systems/kubernetes/marks';

/**
 * Whoever may read an instance may not thereby read what others have in a
 * namespace of its name.
 *
 * @throws NotFoundError while the instance has no namespace
 * @throws ConflictError when the namespace does not bear the instance's mark
 */
export async function requireOwnNamespace(
  kubernetes: KubernetesClient,
  instance: Instance,
  signal: AbortSignal,
): Promise<void> {
  const { namespace } = instance.names;
  const found = await readNamespace({
    instance,
    platform: { kubernetes },
    signal,
  });
  if (!found) {
    throw new NotFoundError(
      `Kubernetes: namespace ${namespace} does not exist. Retry the task that made the instance: it makes what is missing.`,
    );
  }
  if (markOf(found) !== instance.mark) {
    throw new ConflictError(
      `Kubernetes: namespace ${namespace} is not this instance's (${foreignOwner(
        found,
      )}), so nothing of it is shown. Have its owner remove it.`,
    );
  }
}

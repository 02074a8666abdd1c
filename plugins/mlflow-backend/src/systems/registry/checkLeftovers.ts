import Docker from 'dockerode';
import { isNotFound } from './engineErrors';

/** Label of a container that says which image it checks. */
const CHECK_LABEL = 'mlflow.org/check';

/** Labels of a container that checks an image. */
export const checkLabels = (image: string) => ({ [CHECK_LABEL]: image });

/** Checks of an image that are there already, whosever they are. */
export async function listChecks(
  docker: Docker,
  image: string,
): Promise<Docker.ContainerInfo[]> {
  return docker.listContainers({
    all: true,
    filters: { label: [`${CHECK_LABEL}=${image}`] },
  });
}

/**
 * Removes those of some checks that are over: whoever began them would have done
 * so by now, had it not died. One that still runs may be another backend's.
 */
export async function removeEndedChecks(
  docker: Docker,
  image: string,
  before: Docker.ContainerInfo[],
): Promise<void> {
  const known = new Set(before.map(({ Id }) => Id));
  const ended = (await listChecks(docker, image)).filter(
    ({ Id, State }) => known.has(Id) && State !== 'running',
  );
  for (const { Id } of ended) {
    await docker
      .getContainer(Id)
      .remove({ force: true })
      .catch(error => {
        if (!isNotFound(error)) {
          throw error;
        }
      });
  }
}

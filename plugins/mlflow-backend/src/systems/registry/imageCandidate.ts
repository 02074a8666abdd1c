import Docker from 'dockerode';
import { abortable } from '../abortable';
import { isInUse, isNotFound } from './engineErrors';

/**
 * What an image is called until it has passed the checks, so that its tag proves
 * them. One that failed keeps it, for people to look into.
 */
export const candidateOf = (name: string) => `${name}-unchecked`;

/**
 * Drops that name, also when the backend that gave it died. Where another
 * backend builds the same image, the name may be of theirs: what is being checked
 * stays.
 */
export async function dropCandidate(
  docker: Docker,
  name: string,
  signal: AbortSignal,
): Promise<void> {
  const removing = docker.getImage(candidateOf(name)).remove({ noprune: true });
  await abortable(removing, signal).catch(error => {
    if (!isNotFound(error) && !isInUse(error)) {
      throw error;
    }
  });
}

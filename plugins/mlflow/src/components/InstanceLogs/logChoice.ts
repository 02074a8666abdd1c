import { PodView } from 'backstage-plugin-mlflow-common';
import { LogChoice } from './useLog';

/** What somebody picked so far; what is not there any more counts as not picked. */
export type Picked = Partial<LogChoice>;

/**
 * The log to read of the pods that are there: the one picked, or the first
 * container of the first pod.
 *
 * @returns undefined when there is no pod
 */
export function logChoice(
  pods: PodView[],
  picked: Picked,
): LogChoice | undefined {
  const pod = pods.find(({ name }) => name === picked.pod) ?? pods[0];
  if (!pod) {
    return undefined;
  }
  const container =
    pod.containers.find(({ name }) => name === picked.container) ??
    pod.containers[0];
  return {
    pod: pod.name,
    container: container?.name,
    previous: Boolean(picked.previous && container?.restarts),
  };
}

import { V1ContainerStatus, V1Pod } from '@kubernetes/client-node';
import { Evidence } from 'backstage-plugin-mlflow-common';
import { Facts, known } from './Facts';

/** Whether a pod takes requests. */
export function isReadyPod({ status }: V1Pod): boolean {
  return (status?.conditions ?? []).some(
    ({ type, status: value }) => type === 'Ready' && value === 'True',
  );
}

/** Servers that ought to serve and do not. */
export function unreadyPods({ observed }: Facts): V1Pod[] {
  return observed.pods.filter(
    pod => !pod.metadata?.deletionTimestamp && !isReadyPod(pod),
  );
}

/** A container of a server that does not serve. */
export interface UnreadyContainer {
  pod: string;
  image: string;
  status: V1ContainerStatus;
}

/** The containers of {@link unreadyPods}. */
export function unreadyContainers(facts: Facts): UnreadyContainer[] {
  return unreadyPods(facts).flatMap(({ metadata, status }) =>
    (status?.containerStatuses ?? [])
      .filter(({ ready }) => !ready)
      .map(container => ({
        pod: metadata?.name ?? '',
        image: container.image,
        status: container,
      })),
  );
}

/**
 * The last line that says it of the log of each server that does not serve; what
 * a server that serves logged once is over.
 */
export function linesOfUnready(facts: Facts, says: RegExp): Evidence[] {
  const names = unreadyPods(facts).map(({ metadata }) => metadata?.name);
  return linesOf(facts, says, name => names.includes(name));
}

/** The last line that says it of the log of each pod. */
export function linesOf(
  { cluster, instance }: Facts,
  says: RegExp,
  isMeant: (pod: string) => boolean = () => true,
): Evidence[] {
  return (known(cluster)?.logs ?? [])
    .filter(({ pod }) => isMeant(pod))
    .flatMap(({ pod, lines }) =>
      lines
        .filter(line => says.test(line))
        .slice(-1)
        .map(text => ({
          source: `Kubernetes: log of pod ${instance.names.namespace}/${pod}`,
          text: text.trim(),
        })),
    );
}

/** A setting of the server, as evidence. */
export function settingEvidence(
  { instance }: Facts,
  name: string,
  value: string | undefined,
): Evidence {
  const { namespace, release } = instance.names;
  return {
    source: `Kubernetes: deployment ${namespace}/${release}, ${name}`,
    text: value ?? 'not set',
  };
}

import {
  V1ConfigMap,
  V1Container,
  V1Deployment,
  V1Job,
  V1ObjectMeta,
  V1Pod,
} from '@kubernetes/client-node';

/** Annotations that nobody here reads, and that are long. */
const UNREAD = ['kubectl.kubernetes.io/last-applied-configuration'];

/**
 * Objects as they are kept in memory, a thousand instances of them: without what
 * the API server keeps for itself, and without what is told by another object.
 * What is kept is what status, workload and diagnostics read.
 */
export const slimConfigMap = ({
  metadata,
  data,
}: V1ConfigMap): V1ConfigMap => ({
  metadata: slimMetadata(metadata),
  data,
});

/** Settings of the server are read from here, values of Secrets never are. */
export function slimDeployment(deployment: V1Deployment): V1Deployment {
  const { metadata, spec, status } = deployment;
  const pod = spec?.template.spec;
  return {
    metadata: slimMetadata(metadata),
    spec: spec && {
      replicas: spec.replicas,
      selector: spec.selector,
      strategy: spec.strategy,
      template: {
        metadata: slimMetadata(spec.template.metadata),
        spec: pod && {
          containers: pod.containers.map(slimServer),
          initContainers: pod.initContainers?.map(slimServer),
          volumes: pod.volumes,
        },
      },
    },
    status,
  };
}

/** What its containers are told stands in the Deployment or the Job. */
export function slimPod({ metadata, spec, status }: V1Pod): V1Pod {
  return {
    metadata: slimMetadata(metadata),
    spec: spec && {
      nodeName: spec.nodeName,
      containers: spec.containers.map(slimContainer),
      initContainers: spec.initContainers?.map(slimContainer),
    },
    status: status && {
      phase: status.phase,
      reason: status.reason,
      message: status.message,
      startTime: status.startTime,
      podIP: status.podIP,
      conditions: status.conditions,
      containerStatuses: status.containerStatuses,
      initContainerStatuses: status.initContainerStatuses,
    },
  };
}

/** What its script is does not matter once it is made. */
export function slimJob({ metadata, spec, status }: V1Job): V1Job {
  const pod = spec?.template.spec;
  return {
    metadata: slimMetadata(metadata),
    spec: spec && {
      backoffLimit: spec.backoffLimit,
      activeDeadlineSeconds: spec.activeDeadlineSeconds,
      template: {
        spec: pod && { containers: pod.containers.map(slimContainer) },
      },
    },
    status,
  };
}

function slimServer(container: V1Container): V1Container {
  const { command, args, env, envFrom, ports, volumeMounts } = container;
  return {
    ...slimContainer(container),
    command,
    args,
    env,
    envFrom,
    ports,
    volumeMounts,
  };
}

function slimContainer({ name, image, resources }: V1Container): V1Container {
  return { name, image, resources };
}

function slimMetadata(
  metadata: V1ObjectMeta | undefined,
): V1ObjectMeta | undefined {
  return (
    metadata && {
      name: metadata.name,
      namespace: metadata.namespace,
      uid: metadata.uid,
      resourceVersion: metadata.resourceVersion,
      generation: metadata.generation,
      labels: metadata.labels,
      annotations: metadata.annotations && read(metadata.annotations),
      ownerReferences: metadata.ownerReferences,
      creationTimestamp: metadata.creationTimestamp,
      deletionTimestamp: metadata.deletionTimestamp,
    }
  );
}

function read(annotations: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(annotations).filter(([name]) => !UNREAD.includes(name)),
  );
}

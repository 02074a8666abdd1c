import { KubernetesObject, V1ObjectMeta } from '@kubernetes/client-node';
import { INSTANCE_LABEL, MANAGED_BY_LABEL, MANAGER } from './labels';

/** Annotation that bears the mark; labels cannot hold its slash. */
export const MARK_ANNOTATION = 'mlflow.org/mark';

/** Whose an object is: an instance has what is asked for here. */
export interface Owner {
  /** `<platform id>/<instance id>` */
  mark: string;
  spec: { name: string };
}

/** Metadata of an object of ours. */
export function markedMetadata(
  instance: Owner,
  name: string,
  namespace?: string,
): V1ObjectMeta {
  return {
    name,
    namespace,
    labels: {
      [MANAGED_BY_LABEL]: MANAGER,
      [INSTANCE_LABEL]: instance.spec.name,
    },
    annotations: { [MARK_ANNOTATION]: instance.mark },
  };
}

/** The mark that an object bears, or undefined. */
export function markOf(object: KubernetesObject): string | undefined {
  return object.metadata?.annotations?.[MARK_ANNOTATION];
}

/** Says to whom an object belongs that does not bear the instance's mark. */
export function foreignOwner(object: KubernetesObject): string {
  const mark = markOf(object);
  const manager = object.metadata?.labels?.[MANAGED_BY_LABEL];
  if (mark) {
    return `it belongs to ${mark}`;
  }
  return manager ? `it is managed by ${manager}` : 'it bears no mark';
}

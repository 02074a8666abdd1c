import { createHash } from 'node:crypto';
import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  ComponentEntityV1alpha1,
  DEFAULT_NAMESPACE,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import {
  InstanceReference,
  instanceNames,
  InstanceSpec,
  instanceUrls,
  MLFLOW_INSTANCE_ANNOTATION,
  stringifyInstanceReference,
} from 'backstage-plugin-mlflow-common';

const MAX_ENTITY_NAME_LENGTH = 63;

/**
 * Name of the entity of an instance: `<release>.<platform>`. Neither part holds
 * a dot, so no two instances share one. What would be too long, or would differ
 * from another only by the case of its letters, ends with a hash instead.
 */
export function entityName({ platform, name }: InstanceReference): string {
  const { release } = instanceNames(name);
  const full = `${release}.${platform}`;
  if (
    full.length <= MAX_ENTITY_NAME_LENGTH &&
    /^[a-z0-9]+([-_][a-z0-9]+)*$/.test(platform)
  ) {
    return full;
  }
  const hash = createHash('sha256').update(platform).digest('hex').slice(0, 12);
  return `${release}..${hash}`;
}

/** Reference of the entity that the plugin gives to the catalog for an instance. */
export function instanceEntityRef(ref: InstanceReference): string {
  return stringifyEntityRef({
    kind: 'Component',
    namespace: DEFAULT_NAMESPACE,
    name: entityName(ref),
  });
}

/** Address of the page of an instance in the portal. */
export function instancePage(appUrl: string, ref: InstanceReference): string {
  return `${appUrl}/catalog/${DEFAULT_NAMESPACE}/component/${entityName(ref)}`;
}

/** Where the catalog says that the entity of an instance comes from. */
export function locationOf(ref: InstanceReference): string {
  return `mlflow:${stringifyInstanceReference(ref)}`;
}

/** The entity of an instance. */
export function toEntity(spec: InstanceSpec): ComponentEntityV1alpha1 {
  const reference = stringifyInstanceReference(spec);
  const names = instanceNames(spec.name);
  const urls = instanceUrls(spec);
  const location = locationOf(spec);
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: entityName(spec),
      namespace: DEFAULT_NAMESPACE,
      title: names.release,
      ...(spec.description && { description: spec.description }),
      annotations: {
        [ANNOTATION_LOCATION]: location,
        [ANNOTATION_ORIGIN_LOCATION]: location,
        [MLFLOW_INSTANCE_ANNOTATION]: reference,
        'backstage.io/kubernetes-namespace': names.namespace,
        'backstage.io/kubernetes-label-selector': `app.kubernetes.io/instance=${names.release}`,
      },
      links: [
        { url: urls.mlflow, title: 'MLflow', icon: 'dashboard' },
        { url: urls.permissions, title: 'Permissions', icon: 'group' },
      ],
      tags: ['mlflow'],
    },
    spec: {
      type: 'mlflow',
      lifecycle: 'production',
      owner: spec.owner,
    },
  };
}

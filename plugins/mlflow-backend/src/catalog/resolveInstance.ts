import {
  ANNOTATION_LOCATION,
  Entity,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import {
  InstanceReference,
  MLFLOW_INSTANCE_ANNOTATION,
  parseInstanceReference,
} from 'backstage-plugin-mlflow-common';
import { instanceEntityRef, locationOf } from './entity';

/**
 * The instance that an entity stands for; undefined for any other entity.
 * Anybody can write our annotation on an entity of theirs, so it must be the
 * one that the plugin itself emits.
 */
export function resolveInstance(
  entity: Entity | undefined,
): InstanceReference | undefined {
  const annotations = entity?.metadata.annotations;
  const ref = parseInstanceReference(annotations?.[MLFLOW_INSTANCE_ANNOTATION]);
  return entity &&
    ref &&
    stringifyEntityRef(entity) === instanceEntityRef(ref) &&
    annotations?.[ANNOTATION_LOCATION] === locationOf(ref)
    ? ref
    : undefined;
}

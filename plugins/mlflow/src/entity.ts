import { Entity } from '@backstage/catalog-model';
import { MLFLOW_INSTANCE_ANNOTATION } from 'backstage-plugin-mlflow-common';

/**
 * Whether a catalog entity stands for an MLflow instance.
 *
 * @public
 */
export const isMlflowInstance = (entity: Entity): boolean =>
  Boolean(entity.metadata.annotations?.[MLFLOW_INSTANCE_ANNOTATION]);

/** The same as a predicate, which app-config can override. */
export const mlflowInstanceFilter = {
  [`metadata.annotations.${MLFLOW_INSTANCE_ANNOTATION}`]: { $exists: true },
};

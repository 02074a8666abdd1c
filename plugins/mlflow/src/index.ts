/**
 * MLflow self-service for Backstage, frontend: new frontend system. Apps on
 * the legacy system import from `backstage-plugin-mlflow/legacy`.
 *
 * @packageDocumentation
 */
export { mlflowPlugin as default } from './plugin';
export * from './api';
export { isMlflowInstance } from './entity';
export { mlflowTranslationRef } from './translation';

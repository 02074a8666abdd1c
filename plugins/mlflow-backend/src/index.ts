/**
 * Backend of MLflow self-service: a REST API, scaffolder actions, entities for
 * the catalog. Add the default export to a backend, and nothing else.
 *
 * @packageDocumentation
 */
import { createBackendFeatureLoader } from '@backstage/backend-plugin-api';
import { scaffolderModuleMlflow } from './actions/module';
import { catalogModuleMlflow } from './catalog/module';
import { mlflowPlugin } from './plugin';

/**
 * Everything that this package adds to a backend.
 *
 * @public
 */
const features = createBackendFeatureLoader({
  *loader() {
    yield mlflowPlugin;
    yield scaffolderModuleMlflow;
    yield catalogModuleMlflow;
  },
});

export default features;
export { catalogModuleMlflow, mlflowPlugin, scaffolderModuleMlflow };
export {
  createMlflowInstanceConditionalDecision,
  mlflowInstanceConditions,
  mlflowInstanceResourceRef,
  mlflowInstanceRules,
} from './permissions';
export type {
  MlflowInstanceFilter,
  MlflowInstanceResource,
} from './permissions';

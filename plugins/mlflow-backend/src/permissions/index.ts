export {
  authorizeInstance,
  authorizeSome,
  isInstanceAllowed,
} from './authorize';
export {
  candidateResource,
  instanceResource,
  mlflowInstanceResourceRef,
  platformResource,
} from './resource';
export type { MlflowInstanceFilter, MlflowInstanceResource } from './resource';
export {
  createMlflowInstanceConditionalDecision,
  mlflowInstanceConditions,
  mlflowInstanceRules,
} from './rules';

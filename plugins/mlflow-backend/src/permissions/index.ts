export {
  authorizeInstance,
  authorizeSome,
  isInstanceAllowed,
} from './authorize';
export { Recent, RECENT_MS } from './Recent';
export { RecordPolicy, userOf } from './RecordPolicy';
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

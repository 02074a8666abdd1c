export { hostField } from './MlflowHost';
export { lineField } from './MlflowLine';
export { nameField } from './MlflowName';
export { ownerField } from './MlflowOwner';
export { permissionField } from './MlflowPermission';
export { planField } from './MlflowPlan';
export { platformField } from './MlflowPlatform';
export { sizeField } from './MlflowSize';

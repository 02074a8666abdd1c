export { MlflowTab } from './MlflowTab';

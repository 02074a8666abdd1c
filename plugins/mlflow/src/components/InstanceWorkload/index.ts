export { InstanceWorkload } from './InstanceWorkload';

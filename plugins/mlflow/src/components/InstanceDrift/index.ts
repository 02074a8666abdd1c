export { InstanceDrift } from './InstanceDrift';

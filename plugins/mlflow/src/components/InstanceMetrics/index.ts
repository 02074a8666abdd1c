export { InstanceMetrics } from './InstanceMetrics';

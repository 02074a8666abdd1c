export { InstanceAudit } from './InstanceAudit';

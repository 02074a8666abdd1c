export { InstanceHoldings } from './InstanceHoldings';

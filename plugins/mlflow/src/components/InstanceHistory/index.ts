export { InstanceHistory } from './InstanceHistory';

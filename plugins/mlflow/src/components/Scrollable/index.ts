export { Scrollable } from './Scrollable';

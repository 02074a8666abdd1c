export { ConnectOutputs } from './ConnectOutputs';

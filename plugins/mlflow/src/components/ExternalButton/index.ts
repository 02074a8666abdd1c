export { ExternalButton } from './ExternalButton';

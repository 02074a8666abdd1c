export { FindingView } from './FindingView';
export { useFindingText } from './useFindingText';

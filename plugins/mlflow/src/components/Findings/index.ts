export { FindingView } from './FindingView';
export { useFindingText } from './useFindingText';
export { useMessageText } from './useMessageText';

export { RelativeTime } from './RelativeTime';
export { relativeTime } from './relativeTime';
export { useLanguage } from './useLanguage';

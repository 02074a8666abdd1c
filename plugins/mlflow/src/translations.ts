/**
 * All words of the plugin, for an app that replaces them or adds a language.
 *
 * @packageDocumentation
 */
export { mlflowFindingTranslationRef } from './findingTranslation';
export { mlflowFormTranslationRef } from './formTranslation';
export { mlflowHealthTranslationRef } from './healthTranslation';
export { mlflowLogTranslationRef } from './logTranslation';
export { mlflowTranslationRef } from './translation';

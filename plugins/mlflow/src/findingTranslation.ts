import { createTranslationRef } from '@backstage/frontend-plugin-api';
import { findings } from './translations/findings';

/**
 * Titles and remedies of findings, by cause. The backend's own are in English;
 * a translation has `{{title}}` and `{{remedy}}` for them, and the values that a
 * finding speaks of by their names.
 *
 * @public
 */
export const mlflowFindingTranslationRef = createTranslationRef({
  id: 'plugin.mlflow.finding',
  messages: findings,
  translations: { de: () => import('./translations/findings.de') },
});

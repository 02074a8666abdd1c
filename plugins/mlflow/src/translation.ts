import { createTranslationRef } from '@backstage/frontend-plugin-api';
import { messages } from './translations/messages';

/**
 * The words of links and card.
 *
 * @public
 */
export const mlflowTranslationRef = createTranslationRef({
  id: 'plugin.mlflow',
  messages,
  translations: { de: () => import('./translations/messages.de') },
});

import { createTranslationRef } from '@backstage/frontend-plugin-api';
import { health } from './translations/health';

/**
 * The words of an instance's tab and of the page of all instances.
 *
 * @public
 */
export const mlflowHealthTranslationRef = createTranslationRef({
  id: 'plugin.mlflow.health',
  messages: health,
  translations: { de: () => import('./translations/health.de') },
});

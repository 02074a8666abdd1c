import { createTranslationRef } from '@backstage/frontend-plugin-api';
import { log } from './translations/log';

/**
 * What known lines of the server's log mean.
 *
 * @public
 */
export const mlflowLogTranslationRef = createTranslationRef({
  id: 'plugin.mlflow.log',
  messages: log,
  translations: { de: () => import('./translations/log.de') },
});

import { createTranslationRef } from '@backstage/frontend-plugin-api';
import { form } from './translations/form';

/**
 * The words of the form, of the plan and of the result page.
 *
 * @public
 */
export const mlflowFormTranslationRef = createTranslationRef({
  id: 'plugin.mlflow.form',
  messages: form,
  translations: { de: () => import('./translations/form.de') },
});

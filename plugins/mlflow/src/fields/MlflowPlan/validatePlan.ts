import { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import { translation } from '../common';

/**
 * Nobody goes on without a plan in which nothing is in the way. This is not left
 * to the template's schema, since a run that no form started has no plan to show.
 */
export const validatePlan: CustomFieldValidator<string> = async (
  digest,
  field,
  { apiHolder },
) => {
  if (!digest) {
    const t = await translation(apiHolder);
    field.addError(t('fields.plan.needed'));
  }
};

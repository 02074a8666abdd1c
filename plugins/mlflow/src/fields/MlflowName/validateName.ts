import { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import { checkInstanceName } from 'backstage-plugin-mlflow-common';
import { mlflowApiRef } from '../../api';
import { formValue, translation } from '../common';

/**
 * Looks again when the user goes on: the name may have been taken meanwhile.
 * Who decides in the end is the action that claims it.
 */
export const validateName: CustomFieldValidator<string> = async (
  name,
  field,
  { apiHolder, formData },
) => {
  const syntax = checkInstanceName(name);
  if (syntax) {
    field.addError(syntax);
    return;
  }
  const platform = formValue(formData, 'platform');
  const api = apiHolder.get(mlflowApiRef);
  if (!platform || !api) {
    return;
  }
  const t = await translation(apiHolder);
  try {
    const { free, reason } = await api.checkName(platform, name);
    if (!free) {
      field.addError(reason ?? t('fields.name.taken'));
    }
  } catch {
    field.addError(t('fields.checkFailed'));
  }
};

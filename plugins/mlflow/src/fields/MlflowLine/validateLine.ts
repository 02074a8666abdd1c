import { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import { Line } from 'backstage-plugin-mlflow-common';
import { mlflowApiRef } from '../../api';
import { formValue, translation } from '../common';

/** Refuses a line that the chosen platform does not offer. */
export const validateLine: CustomFieldValidator<Line> = async (
  line,
  field,
  { apiHolder, formData },
) => {
  const chosen = formValue(formData, 'platform');
  const api = apiHolder.get(mlflowApiRef);
  if (!line || !chosen || !api) {
    return;
  }
  const t = await translation(apiHolder);
  try {
    const platforms = await api.getPlatforms();
    const platform = platforms.find(one => one.name === chosen);
    if (platform && !platform.lines.some(one => one.line === line)) {
      field.addError(t('fields.line.notOffered'));
    }
  } catch {
    field.addError(t('fields.checkFailed'));
  }
};

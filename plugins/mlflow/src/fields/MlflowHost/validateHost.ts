import { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import { checkHost } from 'backstage-plugin-mlflow-common';
import { mlflowApiRef } from '../../api';
import { formValue, translation } from '../common';

/** Looks at the host when the user goes on; an empty one is derived later. */
export const validateHost: CustomFieldValidator<string> = async (
  host,
  field,
  { apiHolder, formData },
) => {
  const platform = formValue(formData, 'platform');
  const name = formValue(formData, 'name');
  const api = apiHolder.get(mlflowApiRef);
  if (!host || !platform || !api) {
    return;
  }
  const t = await translation(apiHolder);
  try {
    const platforms = await api.getPlatforms();
    const domains = platforms.find(one => one.name === platform)?.domains;
    const syntax = checkHost(host, domains ?? []);
    if (syntax) {
      field.addError(syntax);
      return;
    }
    const { free, reason } = await api.checkHost(platform, host, name);
    if (!free) {
      field.addError(reason ?? t('fields.host.taken'));
    }
  } catch {
    field.addError(t('fields.checkFailed'));
  }
};

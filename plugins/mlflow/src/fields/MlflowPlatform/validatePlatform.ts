import { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import { mlflowApiRef } from '../../api';
import { translation } from '../common';

/** A platform may have gone, or stopped taking instances, since it was chosen. */
export const validatePlatform: CustomFieldValidator<string> = async (
  name,
  field,
  { apiHolder },
) => {
  const api = apiHolder.get(mlflowApiRef);
  if (!name || !api) {
    return;
  }
  const t = await translation(apiHolder);
  try {
    const platforms = await api.getPlatforms();
    const platform = platforms.find(one => one.name === name);
    if (!platform) {
      field.addError(t('fields.platform.gone'));
    } else if (!platform.ready) {
      field.addError(
        platform.reason
          ? t('fields.platform.notReady', { reason: platform.reason })
          : t('fields.platform.notReadyUnknown'),
      );
    }
  } catch {
    field.addError(t('fields.checkFailed'));
  }
};

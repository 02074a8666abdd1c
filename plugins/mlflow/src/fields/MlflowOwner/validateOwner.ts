import { parseEntityRef } from '@backstage/catalog-model';
import { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import { mlflowApiRef } from '../../api';
import { translation } from '../common';

/** Refuses a group that the user could not own an instance for. */
export const validateOwner: CustomFieldValidator<string> = async (
  owner,
  field,
  { apiHolder },
) => {
  const api = apiHolder.get(mlflowApiRef);
  if (!owner || !api) {
    return;
  }
  const t = await translation(apiHolder);
  try {
    const { any, owners, instanceGroups } = await api.getOwners();
    if (!any && !owners.includes(owner)) {
      field.addError(t('fields.owner.refused'));
    } else if (instanceGroups.includes(parseEntityRef(owner).name)) {
      field.addError(t('fields.owner.ofInstance'));
    }
  } catch {
    field.addError(t('fields.checkFailed'));
  }
};

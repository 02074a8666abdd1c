import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { mlflowApiRef } from '../../api';
import { mlflowFormTranslationRef } from '../../formTranslation';
import { fieldControl, LoadFailed } from '../common';
import { AnyGroup } from './AnyGroup';
import { OwnGroups } from './OwnGroups';

/**
 * Asks for the owning group: one of the user's own, or any for a platform
 * admin.
 */
export const MlflowOwner = (props: FieldExtensionComponentProps<string>) => {
  const { formData, onChange, rawErrors } = props;
  const { t } = useTranslationRef(mlflowFormTranslationRef);
  const api = useApi(mlflowApiRef);
  const { value, error, retry } = useAsyncRetry(() => api.getOwners(), [api]);
  if (error) {
    return (
      <LoadFailed
        title={t('fields.owner.failed')}
        error={error}
        retry={retry}
      />
    );
  }
  const choice = {
    control: fieldControl(props, {
      title: t('fields.owner.title'),
      description: t('fields.owner.description'),
    }),
    value: formData,
    onChange,
    isInvalid: rawErrors.length > 0,
  };
  return value?.any ? (
    <AnyGroup {...choice} except={value.instanceGroups} />
  ) : (
    <OwnGroups {...choice} owners={value?.owners} />
  );
};

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { RadioGroup } from '@backstage/ui';
import {
  DEFAULT_PERMISSIONS,
  DefaultPermission,
} from 'backstage-plugin-mlflow-common';
import { mlflowFormTranslationRef } from '../../formTranslation';
import { Choice, fieldControl, usePreset } from '../common';

const SAFEST: DefaultPermission = 'NO_PERMISSIONS';

/** Asks what people may do with what nobody shared with them. */
export const MlflowPermission = (
  props: FieldExtensionComponentProps<DefaultPermission>,
) => {
  const { formData, onChange, rawErrors } = props;
  const { t } = useTranslationRef(mlflowFormTranslationRef);
  usePreset(formData, SAFEST, onChange);
  return (
    <RadioGroup
      {...fieldControl(props, {
        title: t('fields.permission.title'),
        description: t('fields.permission.description'),
      })}
      isInvalid={rawErrors.length > 0}
      value={formData ?? SAFEST}
      onChange={value =>
        onChange(DEFAULT_PERMISSIONS.find(permission => permission === value))
      }
    >
      {DEFAULT_PERMISSIONS.map(permission => (
        <Choice
          key={permission}
          value={permission}
          title={t(`fields.permission.${permission}`)}
          explanation={t(`fields.permission.${permission}Help`)}
        />
      ))}
    </RadioGroup>
  );
};

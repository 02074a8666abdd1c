import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Select } from '@backstage/ui';
import { mlflowFormTranslationRef } from '../../formTranslation';
import { usePreset } from '../common';
import { groupLabel, OwnerChoice } from './OwnerChoice';

/** The groups of the user; the only one needs no asking. */
export const OwnGroups = (
  props: OwnerChoice & {
    /** Undefined while they are loaded. */
    owners: string[] | undefined;
  },
) => {
  const { control, value, onChange, isInvalid, owners } = props;
  const { t } = useTranslationRef(mlflowFormTranslationRef);
  usePreset(value, owners?.length === 1 ? owners[0] : undefined, onChange);
  if (owners?.length === 0) {
    return (
      <Alert
        role="status"
        status="warning"
        icon
        title={t('fields.owner.none')}
        description={t('fields.owner.noneHelp')}
      />
    );
  }
  return (
    <Select
      {...control}
      isDisabled={control.isDisabled || !owners}
      isInvalid={isInvalid}
      placeholder={
        owners ? t('fields.owner.placeholder') : t('fields.owner.loading')
      }
      options={(owners ?? []).map(ref => ({ id: ref, label: groupLabel(ref) }))}
      value={value ?? null}
      onChange={key => onChange(key === null ? undefined : String(key))}
    />
  );
};

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { checkInstanceName, NameCheck } from 'backstage-plugin-mlflow-common';
import { mlflowFormTranslationRef } from '../../formTranslation';
import {
  Ask,
  availabilityNote,
  Check,
  CheckedText,
  fieldControl,
  formValue,
  Note,
  Translate,
  useCheck,
} from '../common';

const askName: Ask<NameCheck> = (api, platform, name) =>
  api.checkName(platform, name);

function nameNote(
  t: Translate,
  facts: { name: string; platform?: string; check: Check<NameCheck> },
): Note | undefined {
  const syntax = facts.name ? checkInstanceName(facts.name) : undefined;
  if (syntax) {
    return { tone: 'danger', text: syntax };
  }
  if (facts.name && !facts.platform) {
    return { tone: 'secondary', text: t('fields.choosePlatform') };
  }
  return availabilityNote(facts.check, {
    checking: t('fields.name.checking'),
    free: () => t('fields.name.free'),
    yours: t('fields.name.yours'),
    taken: t('fields.name.taken'),
    notChecked: t('fields.notChecked'),
  });
}

/** Asks for the instance's name and says while typing whether it can be had. */
export const MlflowName = (props: FieldExtensionComponentProps<string>) => {
  const { formData: name = '', onChange, rawErrors, formContext } = props;
  const { t } = useTranslationRef(mlflowFormTranslationRef);
  const platform = formValue(formContext?.formData, 'platform');
  const wellFormed = name && !checkInstanceName(name) ? name : undefined;
  const check = useCheck(askName, platform, wellFormed);
  return (
    <CheckedText
      control={fieldControl(props, {
        title: t('fields.name.title'),
        description: t('fields.name.description'),
      })}
      value={name}
      onChange={value => onChange(value || undefined)}
      note={nameNote(t, { name, platform, check })}
      rawErrors={rawErrors}
    />
  );
};

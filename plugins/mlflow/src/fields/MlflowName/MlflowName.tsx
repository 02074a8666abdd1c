import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { TextField } from '@backstage/ui';
import { checkInstanceName } from 'backstage-plugin-mlflow-common';
import { useCallback } from 'react';
import { mlflowApiRef, NameCheck } from '../../api';
import { mlflowTranslationRef } from '../../translation';
import {
  availabilityNote,
  Check,
  fieldControl,
  FieldNote,
  formValue,
  isInvalid,
  Note,
  Translate,
  useCheck,
} from '../common';

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
    free: ({ host }) => t('fields.name.free', { host }),
    taken: t('fields.name.taken'),
    notChecked: t('fields.notChecked'),
  });
}

/** Asks for the instance's name and says while typing whether it can be had. */
export const MlflowName = (props: FieldExtensionComponentProps<string>) => {
  const { formData: name = '', onChange, rawErrors, formContext } = props;
  const { t } = useTranslationRef(mlflowTranslationRef);
  const api = useApi(mlflowApiRef);
  const ask = useCallback(
    (on: string, asked: string) => api.checkName(on, asked),
    [api],
  );
  const platform = formValue(formContext?.formData, 'platform');
  const wellFormed = name && !checkInstanceName(name) ? name : undefined;
  const check = useCheck(platform, wellFormed, ask);
  const note = nameNote(t, { name, platform, check });
  const control = fieldControl(props, {
    title: t('fields.name.title'),
    description: t('fields.name.description'),
  });
  return (
    <>
      <TextField
        {...control}
        value={name}
        onChange={value => onChange(value || undefined)}
        isInvalid={isInvalid(note, rawErrors)}
        aria-describedby={`${control.id}-note`}
        autoComplete="off"
        spellCheck="false"
      />
      <FieldNote id={`${control.id}-note`} note={note} rawErrors={rawErrors} />
    </>
  );
};

import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { TextField } from '@backstage/ui';
import {
  checkHost,
  checkInstanceName,
  defaultHost,
} from 'backstage-plugin-mlflow-common';
import { useCallback } from 'react';
import { HostCheck, mlflowApiRef } from '../../api';
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
  usePlatforms,
} from '../common';

interface Facts {
  host: string;
  /** What the host is when nothing is given, as far as it is known. */
  derived: string | undefined;
  syntax: string | undefined;
  check: Check<HostCheck>;
}

function hostNote(t: Translate, facts: Facts): Note | undefined {
  const { host, derived, syntax, check } = facts;
  if (!host) {
    return derived
      ? { tone: 'secondary', text: t('fields.host.derived', { host: derived }) }
      : undefined;
  }
  if (syntax) {
    return { tone: 'danger', text: syntax };
  }
  if (check.state === 'idle') {
    return { tone: 'secondary', text: t('fields.choosePlatform') };
  }
  return availabilityNote(check, {
    checking: t('fields.host.checking'),
    free: () => t('fields.host.free'),
    taken: t('fields.host.taken'),
    notChecked: t('fields.notChecked'),
  });
}

/** Asks for another host than the one derived from the name. */
export const MlflowHost = (props: FieldExtensionComponentProps<string>) => {
  const { formData: host = '', onChange, rawErrors, formContext } = props;
  const { t } = useTranslationRef(mlflowTranslationRef);
  const api = useApi(mlflowApiRef);
  const ask = useCallback(
    (on: string, asked: string) => api.checkHost(on, asked),
    [api],
  );
  const chosen = formValue(formContext?.formData, 'platform');
  const name = formValue(formContext?.formData, 'name');
  const { value: platforms } = usePlatforms();
  const platform = platforms?.find(one => one.name === chosen);
  const domains = platform?.domains ?? [];
  const derived =
    name && domains.length > 0 && !checkInstanceName(name)
      ? defaultHost(name, domains[0])
      : undefined;
  const syntax = host && platform ? checkHost(host, domains) : undefined;
  const check = useCheck(platform?.name, syntax ? undefined : host, ask);
  const note = hostNote(t, { host, derived, syntax, check });
  const control = fieldControl(props, {
    title: t('fields.host.title'),
    description:
      domains.length > 0
        ? t('fields.host.description', { domains: domains.join(', ') })
        : t('fields.host.descriptionNoPlatform'),
  });
  return (
    <>
      <TextField
        {...control}
        value={host}
        placeholder={derived}
        onChange={value => onChange(value.trim() || undefined)}
        isInvalid={isInvalid(note, rawErrors)}
        aria-describedby={`${control.id}-note`}
        autoComplete="off"
        spellCheck="false"
      />
      <FieldNote id={`${control.id}-note`} note={note} rawErrors={rawErrors} />
    </>
  );
};

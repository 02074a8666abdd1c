import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import {
  checkHost,
  checkInstanceName,
  defaultHost,
  HostCheck,
} from 'backstage-plugin-mlflow-common';
import { useState } from 'react';
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
  useDerived,
  usePlatforms,
} from '../common';

const askHost: Ask<HostCheck> = (api, platform, host, name) =>
  api.checkHost(platform, host, name);

interface Facts {
  host: string;
  syntax: string | undefined;
  check: Check<HostCheck>;
}

function hostNote(t: Translate, facts: Facts): Note | undefined {
  const { host, syntax, check } = facts;
  if (!host) {
    return undefined;
  }
  if (syntax) {
    return { tone: 'danger', text: syntax };
  }
  if (check.state === 'idle') {
    return { tone: 'secondary', text: t('fields.choosePlatform') };
  }
  return availabilityNote(check, {
    checking: t('fields.host.checking'),
    free: () => t('fields.host.free', { host }),
    yours: t('fields.host.yours'),
    taken: t('fields.host.taken'),
    notChecked: t('fields.notChecked'),
  });
}

function derivedHost(name: string | undefined, domains: string[]) {
  return name && domains.length > 0 && !checkInstanceName(name)
    ? defaultHost(name, domains[0])
    : undefined;
}

/** Asks for a host; the one derived from the name unless another is given. */
export const MlflowHost = (props: FieldExtensionComponentProps<string>) => {
  const { formData: host = '', onChange, rawErrors, formContext } = props;
  const { t } = useTranslationRef(mlflowFormTranslationRef);
  const [focused, setFocused] = useState(false);
  const chosen = formValue(formContext?.formData, 'platform');
  const name = formValue(formContext?.formData, 'name');
  const { value: platforms } = usePlatforms();
  const platform = platforms?.find(one => one.name === chosen);
  const domains = platform?.domains ?? [];
  const derived = derivedHost(name, domains);
  useDerived(host, derived, focused, onChange);
  const syntax = host && platform ? checkHost(host, domains) : undefined;
  const check = useCheck(
    askHost,
    platform?.name,
    syntax ? undefined : host,
    name,
  );
  return (
    <CheckedText
      control={fieldControl(props, {
        title: t('fields.host.title'),
        description:
          domains.length > 0
            ? t('fields.host.description', { domains: domains.join(', ') })
            : t('fields.host.descriptionNoPlatform'),
      })}
      value={host}
      placeholder={derived}
      onChange={value => onChange(value.trim() || undefined)}
      onFocusChange={setFocused}
      note={hostNote(t, { host, syntax, check })}
      rawErrors={rawErrors}
    />
  );
};

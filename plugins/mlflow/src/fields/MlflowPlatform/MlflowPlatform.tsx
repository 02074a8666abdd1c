import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { Alert, Flex, Select } from '@backstage/ui';
import { PlatformSummary } from 'backstage-plugin-mlflow-common';
import { mlflowFormTranslationRef } from '../../formTranslation';
import {
  fieldControl,
  LoadFailed,
  Translate,
  usePlatforms,
  usePreset,
} from '../common';

const whyNot = (t: Translate, { reason }: PlatformSummary) =>
  reason
    ? t('fields.platform.notReady', { reason })
    : t('fields.platform.notReadyUnknown');

const NotReady = (props: { platforms: PlatformSummary[] }) => {
  const { t } = useTranslationRef(mlflowFormTranslationRef);
  return (
    <Alert
      role="status"
      status="warning"
      icon
      title={t('fields.platform.noneReady')}
      description={
        <Flex direction="column" gap="1">
          {props.platforms.map(platform => (
            <span key={platform.name}>
              {platform.title}: {whyNot(t, platform)}
            </span>
          ))}
        </Flex>
      }
    />
  );
};

/** Asks for the platform; the only one there is needs no asking. */
export const MlflowPlatform = (props: FieldExtensionComponentProps<string>) => {
  const { formData, onChange, rawErrors } = props;
  const { t } = useTranslationRef(mlflowFormTranslationRef);
  const { value: platforms = [], loading, error, retry } = usePlatforms();
  const only = platforms.length === 1 && platforms[0].ready;
  usePreset(formData, only ? platforms[0].name : undefined, onChange);

  if (error) {
    return (
      <LoadFailed
        title={t('fields.platformsFailed')}
        error={error}
        retry={retry}
      />
    );
  }
  if (!loading && platforms.length === 0) {
    return (
      <Alert
        role="status"
        status="warning"
        icon
        title={t('fields.platform.none')}
        description={t('fields.platform.noneHelp')}
      />
    );
  }
  const control = fieldControl(props, {
    title: t('fields.platform.title'),
    description: t('fields.platform.description'),
  });
  const noneReady = !loading && !platforms.some(platform => platform.ready);
  return (
    <Flex direction="column" gap="2">
      <Select
        {...control}
        isDisabled={control.isDisabled || loading}
        isInvalid={rawErrors.length > 0}
        placeholder={
          loading
            ? t('fields.platform.loading')
            : t('fields.platform.placeholder')
        }
        options={platforms.map(platform => ({
          id: platform.name,
          label: platform.title,
          description: platform.ready ? undefined : whyNot(t, platform),
          disabled: !platform.ready,
        }))}
        value={formData ?? null}
        onChange={key => onChange(key === null ? undefined : String(key))}
      />
      {noneReady && <NotReady platforms={platforms} />}
    </Flex>
  );
};

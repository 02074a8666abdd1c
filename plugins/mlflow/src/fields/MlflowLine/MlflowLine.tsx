import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { Alert, Flex, Select } from '@backstage/ui';
import {
  Line,
  PlatformLine,
  PlatformSummary,
} from 'backstage-plugin-mlflow-common';
import { mlflowFormTranslationRef } from '../../formTranslation';
import {
  fieldControl,
  formValue,
  LoadFailed,
  Translate,
  usePlatforms,
  usePreset,
} from '../common';

function lineHint(t: Translate, line: PlatformLine, platform: PlatformSummary) {
  if (line.warning) {
    return t('fields.line.insecure');
  }
  return line.line === platform.defaultLine
    ? t('fields.line.recommended')
    : undefined;
}

/**
 * Asks for the version line among those of the chosen platform, and warns of
 * one with known holes.
 */
export const MlflowLine = (props: FieldExtensionComponentProps<Line>) => {
  const { formData, onChange, rawErrors, formContext } = props;
  const { t } = useTranslationRef(mlflowFormTranslationRef);
  const { value: platforms, error, retry } = usePlatforms();
  const chosen = formValue(formContext?.formData, 'platform');
  const platform = platforms?.find(one => one.name === chosen);
  const lines = platform?.lines ?? [];
  const line = lines.find(one => one.line === formData);
  const foreign = platform && !line;
  usePreset(foreign ? undefined : formData, platform?.defaultLine, onChange);

  if (error) {
    return (
      <LoadFailed
        title={t('fields.platformsFailed')}
        error={error}
        retry={retry}
      />
    );
  }
  const control = fieldControl(props, {
    title: t('fields.line.title'),
    description: t('fields.line.description'),
  });
  return (
    <Flex direction="column" gap="2">
      <Select
        {...control}
        isDisabled={control.isDisabled || !platform}
        isInvalid={rawErrors.length > 0}
        placeholder={
          platform ? t('fields.line.placeholder') : t('fields.choosePlatform')
        }
        options={lines.map(one => ({
          id: one.line,
          label: t('fields.line.option', {
            mlflow: one.mlflow,
            line: one.line,
          }),
          description: platform && lineHint(t, one, platform),
        }))}
        value={line?.line ?? null}
        onChange={key => onChange(lines.find(one => one.line === key)?.line)}
      />
      {line?.warning && (
        <Alert
          role="status"
          status="warning"
          icon
          title={t('fields.line.warning')}
          description={line.warning}
        />
      )}
    </Flex>
  );
};

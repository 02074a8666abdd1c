import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { RadioGroup } from '@backstage/ui';
import {
  INSTANCE_SIZES,
  InstanceSize,
  SIZES,
  SizeResources,
} from 'backstage-plugin-mlflow-common';
import { mlflowFormTranslationRef } from '../../formTranslation';
import { Choice, fieldControl, Translate, usePreset } from '../common';

const SMALLEST: InstanceSize = 'S';

const GiB = 1024 ** 3;

const quota = (bytes: number) =>
  bytes >= 1024 * GiB ? `${bytes / 1024 / GiB} TiB` : `${bytes / GiB} GiB`;

const sizeText = (t: Translate, size: SizeResources) =>
  [
    t('fields.size.workers', { count: size.workers }),
    t('fields.size.cpu', size.cpu),
    t('fields.size.memory', size.memory),
    t('fields.size.scratch', { scratch: size.scratch }),
    t('fields.size.connections', {
      connections: String(size.databaseConnections),
    }),
    t('fields.size.bucket', { quota: quota(size.bucketBytes) }),
  ].join(' · ');

/** Asks how large the instance is and says what that means. */
export const MlflowSize = (
  props: FieldExtensionComponentProps<InstanceSize>,
) => {
  const { formData, onChange, rawErrors } = props;
  const { t } = useTranslationRef(mlflowFormTranslationRef);
  usePreset(formData, SMALLEST, onChange);
  return (
    <RadioGroup
      {...fieldControl(props, {
        title: t('fields.size.title'),
        description: t('fields.size.description'),
      })}
      isInvalid={rawErrors.length > 0}
      value={formData ?? SMALLEST}
      onChange={value => onChange(INSTANCE_SIZES.find(size => size === value))}
    >
      {INSTANCE_SIZES.map(size => (
        <Choice
          key={size}
          value={size}
          title={`${size} (${t(`fields.size.${size}`)})`}
          explanation={sizeText(t, SIZES[size])}
        />
      ))}
    </RadioGroup>
  );
};

import { parseEntityRef } from '@backstage/catalog-model';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { humanizeEntityRef } from '@backstage/plugin-catalog-react';
import { Flex, SearchField, Select, Switch } from '@backstage/ui';
import { InstancePhase, InstanceSummary } from 'backstage-plugin-mlflow-common';
import { mlflowHealthTranslationRef } from '../../healthTranslation';
import { distinct, InstanceFilter } from './instanceRows';

/** Stands for no choice; no phase, platform or group is called so. */
const ALL = '*';

/** A choice of one value that the list has, or of all. */
const Choice = (props: {
  label: string;
  options: { id: string; label: string }[];
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}) => {
  const { label, options, value, onChange } = props;
  const { t } = useTranslationRef(mlflowHealthTranslationRef);
  return (
    <Select
      label={label}
      options={[{ id: ALL, label: t('list.all') }, ...options]}
      value={value ?? ALL}
      onChange={key => onChange(key === ALL ? undefined : String(key))}
      style={{ flex: '1 1 8rem' }}
    />
  );
};

const same = (value: string) => ({ id: value, label: value });

const asGroup = (value: string) => ({
  id: value,
  label: humanizeEntityRef(parseEntityRef(value), { defaultKind: 'group' }),
});

const PHASES: InstancePhase[] = [
  'Ready',
  'Progressing',
  'Degraded',
  'Failed',
  'Unknown',
];

/** Narrows the list of instances down. */
export const Filters = (props: {
  rows: InstanceSummary[];
  filter: InstanceFilter;
  onChange: (filter: InstanceFilter) => void;
}) => {
  const { rows, filter, onChange } = props;
  const { t } = useTranslationRef(mlflowHealthTranslationRef);
  const change = (part: Partial<InstanceFilter>) =>
    onChange({ ...filter, ...part });
  return (
    <Flex align="end" gap="3" style={{ flexWrap: 'wrap' }}>
      <SearchField
        aria-label={t('list.search')}
        placeholder={t('list.search')}
        value={filter.text}
        onChange={text => change({ text })}
        style={{ flex: '2 1 16rem' }}
      />
      <Choice
        label={t('list.phase')}
        options={PHASES.map(phase => ({
          id: phase,
          label: t(`phase.${phase}`),
        }))}
        value={filter.phase}
        onChange={phase => change({ phase })}
      />
      <Choice
        label={t('list.platform')}
        options={distinct(rows, row => row.platform).map(same)}
        value={filter.platform}
        onChange={platform => change({ platform })}
      />
      <Choice
        label={t('list.owner')}
        options={distinct(rows, row => row.owner).map(asGroup)}
        value={filter.owner}
        onChange={owner => change({ owner })}
      />
      <Switch
        label={t('list.attention')}
        isSelected={filter.attention ?? false}
        onChange={attention => change({ attention })}
      />
    </Flex>
  );
};

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Flex, Table, Text, useTable } from '@backstage/ui';
import { InstanceSummary } from 'backstage-plugin-mlflow-common';
import { useState } from 'react';
import { mlflowHealthTranslationRef } from '../../healthTranslation';
import { Filters } from './Filters';
import {
  filterInstances,
  InstanceFilter,
  NO_FILTER,
  SortColumn,
  sortInstances,
} from './instanceRows';
import { PlatformCounts } from './PlatformCounts';
import { useColumns } from './useColumns';

const SORT_COLUMNS: SortColumn[] = [
  'phase',
  'name',
  'platform',
  'version',
  'owner',
  'drift',
  'findings',
  'replicas',
  'changed',
];

/** The instances of all platforms, narrowed down and sorted. */
export const InstanceList = (props: { rows: InstanceSummary[] }) => {
  const { rows } = props;
  const { t } = useTranslationRef(mlflowHealthTranslationRef);
  const [filter, setFilter] = useState<InstanceFilter>(NO_FILTER);
  const columns = useColumns();
  const { tableProps } = useTable<InstanceSummary>({
    mode: 'complete',
    data: filterInstances(rows, filter),
    initialSort: { column: 'phase', direction: 'ascending' },
    sortFn: (data, { column, direction }) =>
      sortInstances(
        data,
        SORT_COLUMNS.find(known => known === column) ?? 'phase',
        direction === 'descending',
      ),
    paginationOptions: {
      pageSize: 20,
      pageSizeOptions: [20, 50, 100],
      getLabel: ({ offset = 0, pageSize, totalCount = 0 }) =>
        t('list.shown', {
          from: String(totalCount === 0 ? 0 : offset + 1),
          to: String(Math.min(offset + pageSize, totalCount)),
          total: String(totalCount),
        }),
    },
  });
  return (
    <Flex direction="column" gap="4">
      <PlatformCounts rows={rows} />
      <Filters rows={rows} filter={filter} onChange={setFilter} />
      <Table
        {...tableProps}
        columnConfig={columns}
        emptyState={
          <Flex direction="column" gap="2" align="start">
            <Text variant="body-medium">{t('list.noMatch')}</Text>
            <Button variant="secondary" onPress={() => setFilter(NO_FILTER)}>
              {t('list.reset')}
            </Button>
          </Flex>
        }
      />
    </Flex>
  );
};

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Cell, CellText, ColumnConfig } from '@backstage/ui';
import { InstanceSummary } from 'backstage-plugin-mlflow-common';
import { useMemo } from 'react';
import { mlflowHealthTranslationRef } from '../../healthTranslation';
import { Mark, PHASE_TONES } from '../Mark';
import { RelativeTime } from '../RelativeTime';
import { SortColumn } from './instanceRows';

/** The columns of the list of instances. */
export function useColumns(): ColumnConfig<InstanceSummary>[] {
  const { t } = useTranslationRef(mlflowHealthTranslationRef);
  return useMemo(() => {
    const column = (
      id: SortColumn,
      cell: ColumnConfig<InstanceSummary>['cell'],
    ): ColumnConfig<InstanceSummary> => ({
      id,
      label: t(`list.${id}`),
      isSortable: true,
      isRowHeader: id === 'name',
      cell,
    });
    const driftOf = ({ drifted }: InstanceSummary) => {
      if (drifted === undefined) {
        return t('list.notLooked');
      }
      return drifted ? (
        <Mark tone="warning">{t('list.drifted')}</Mark>
      ) : (
        t('list.inPlace')
      );
    };
    return [
      column('phase', ({ phase, message }) => (
        <Cell>
          <span title={message}>
            <Mark tone={PHASE_TONES[phase]}>{t(`phase.${phase}`)}</Mark>
          </span>
        </Cell>
      )),
      column('name', ({ name, entityRef }) => (
        <Cell>
          <EntityRefLink entityRef={entityRef}>{name}</EntityRefLink>
        </Cell>
      )),
      column('platform', ({ platform }) => <CellText title={platform} />),
      column('version', ({ versions: { mlflow, warning } }) => (
        <Cell>
          {warning ? (
            <span title={warning}>
              <Mark tone="warning">
                {t('list.insecure', { version: mlflow })}
              </Mark>
            </span>
          ) : (
            mlflow
          )}
        </Cell>
      )),
      column('owner', ({ owner }) => (
        <Cell>
          <EntityRefLink entityRef={owner} defaultKind="group" />
        </Cell>
      )),
      column('drift', row => <Cell>{driftOf(row)}</Cell>),
      column('findings', ({ findings }) => (
        <CellText title={String(findings)} />
      )),
      column('replicas', ({ replicas }) => (
        <CellText
          title={t('list.replicasValue', {
            ready: String(replicas.ready),
            wanted: String(replicas.wanted),
          })}
        />
      )),
      column('changed', ({ changedAt }) => (
        <Cell>
          <RelativeTime time={changedAt} />
        </Cell>
      )),
    ];
  }, [t]);
}

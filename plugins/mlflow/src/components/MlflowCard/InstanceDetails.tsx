import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Text } from '@backstage/ui';
import { InstanceStatus } from 'backstage-plugin-mlflow-common';
import { ReactNode } from 'react';
import { mlflowTranslationRef } from '../../translation';
import { RelativeTime } from '../RelativeTime';

const Detail = (props: {
  label: string;
  children: ReactNode;
  wide?: boolean;
}) => (
  <div style={props.wide ? { gridColumn: '1 / -1' } : undefined}>
    <dt>
      <Text variant="body-small">{props.label}</Text>
    </dt>
    <dd style={{ margin: 0, overflowWrap: 'anywhere' }}>
      <Text variant="body-medium">{props.children}</Text>
    </dd>
  </div>
);

/** The facts of an instance, whatever its phase is. */
export const InstanceDetails = (props: { status: InstanceStatus }) => {
  const { versions, replicas, owner, platform } = props.status;
  const { changedAt, portalAccess } = props.status;
  const { t } = useTranslationRef(mlflowTranslationRef);
  return (
    <dl
      style={{
        display: 'grid',
        gridTemplateColumns: 'repeat(auto-fit, minmax(8rem, 1fr))',
        gap: 'var(--bui-space-3)',
        margin: 0,
      }}
    >
      <Detail label={t('card.versions')}>
        {t('card.versionsValue', {
          mlflow: versions.mlflow,
          oidcAuth: versions.oidcAuth,
          line: versions.line,
        })}
      </Detail>
      <Detail label={t('card.replicas')}>
        {t('card.replicasValue', {
          ready: String(replicas.ready),
          wanted: String(replicas.wanted),
        })}
      </Detail>
      <Detail label={t('card.owner')}>
        <EntityRefLink entityRef={owner} defaultKind="group" />
      </Detail>
      <Detail label={t('card.platform')}>{platform}</Detail>
      <Detail label={t('card.changed')}>
        <RelativeTime time={changedAt} />
      </Detail>
      <Detail label={t('card.portalAccess')} wide>
        {portalAccess}
      </Detail>
    </dl>
  );
};

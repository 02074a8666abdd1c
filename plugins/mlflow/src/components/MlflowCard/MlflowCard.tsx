import { stringifyEntityRef } from '@backstage/catalog-model';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityInfoCard, useEntity } from '@backstage/plugin-catalog-react';
import { Alert, Button, Flex, Skeleton, VisuallyHidden } from '@backstage/ui';
import { InstanceStatus } from 'backstage-plugin-mlflow-common';
import { mlflowTranslationRef } from '../../translation';
import { RemoteView } from '../Remote/remoteView';
import { InstanceActions } from './InstanceActions';
import { InstanceDetails } from './InstanceDetails';
import { InstanceState } from './InstanceState';
import { StaleNote } from './StaleNote';
import { useInstanceStatus } from './useInstanceStatus';

const Loading = () => {
  const { t } = useTranslationRef(mlflowTranslationRef);
  return (
    <div role="status">
      <VisuallyHidden>{t('card.loading')}</VisuallyHidden>
      <Flex direction="column" gap="2" aria-hidden="true">
        <Skeleton width="100%" height={48} />
        <Skeleton width="80%" height={16} />
        <Skeleton width="60%" height={16} />
      </Flex>
    </div>
  );
};

const Body = (props: {
  view: RemoteView<InstanceStatus>;
  retry: () => void;
}) => {
  const { view, retry } = props;
  const { t } = useTranslationRef(mlflowTranslationRef);
  switch (view.state) {
    case 'loading':
      return <Loading />;
    case 'shown':
      return (
        <Flex direction="column" gap="4">
          <InstanceState status={view.value} />
          <InstanceDetails status={view.value} />
          <StaleNote status={view.value} problem={view.problem} />
        </Flex>
      );
    case 'unreachable':
      return (
        <Alert
          role="alert"
          status="danger"
          icon
          title={t('card.unreachable.title')}
          description={
            <Flex direction="column" gap="1">
              <span>{t('card.unreachable.description')}</span>
              <span>{view.message}</span>
            </Flex>
          }
          customActions={
            <Button variant="secondary" size="small" onPress={retry}>
              {t('card.retry')}
            </Button>
          }
        />
      );
    default:
      return (
        <Alert
          role="status"
          status="info"
          icon
          title={t(`card.${view.state}.title`)}
          description={t(`card.${view.state}.description`)}
        />
      );
  }
};

/**
 * Shows the instance that the entity on the page stands for.
 *
 * @public
 */
export const MlflowCard = () => {
  const { entity } = useEntity();
  const { t } = useTranslationRef(mlflowTranslationRef);
  const { view, refresh } = useInstanceStatus(stringifyEntityRef(entity));
  return (
    <EntityInfoCard
      title={t('card.title')}
      footerActions={
        view.state === 'shown' && <InstanceActions status={view.value} />
      }
    >
      <Body view={view} retry={refresh} />
    </EntityInfoCard>
  );
};

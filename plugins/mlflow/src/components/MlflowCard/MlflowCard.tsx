import { stringifyEntityRef } from '@backstage/catalog-model';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityInfoCard, useEntity } from '@backstage/plugin-catalog-react';
import {
  Alert,
  Button,
  Flex,
  Skeleton,
  Text,
  VisuallyHidden,
} from '@backstage/ui';
import { mlflowTranslationRef } from '../../translation';
import { InstanceActions } from './InstanceActions';
import { InstanceDetails } from './InstanceDetails';
import { InstanceState } from './InstanceState';
import { InstanceView } from './instanceView';
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

const Body = (props: { view: InstanceView; retry: () => void }) => {
  const { view, retry } = props;
  const { t } = useTranslationRef(mlflowTranslationRef);
  switch (view.state) {
    case 'loading':
      return <Loading />;
    case 'shown':
      return (
        <Flex direction="column" gap="4">
          <InstanceState status={view.status} />
          <InstanceDetails status={view.status} />
          {view.outdated && (
            <Text variant="body-small" role="status">
              {t('card.outdated', {
                time: new Date(view.status.observedAt).toLocaleTimeString(),
              })}
            </Text>
          )}
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
  const { view, retry } = useInstanceStatus(stringifyEntityRef(entity));
  return (
    <EntityInfoCard
      title={t('card.title')}
      footerActions={
        view.state === 'shown' && <InstanceActions status={view.status} />
      }
    >
      <Body view={view} retry={retry} />
    </EntityInfoCard>
  );
};

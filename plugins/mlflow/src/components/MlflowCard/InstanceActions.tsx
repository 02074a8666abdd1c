import { useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ButtonLink, Flex } from '@backstage/ui';
import { InstanceStatus, isUnfinished } from 'backstage-plugin-mlflow-common';
import { scaffolderTaskRouteRef } from '../../routes';
import { mlflowTranslationRef } from '../../translation';
import { ExternalButton } from '../ExternalButton';
import { useTemplateLink } from './useTemplateLink';

/** Where to go from the card: MLflow, its permissions, the task at work. */
export const InstanceActions = (props: { status: InstanceStatus }) => {
  const { phase, taskId, urls } = props.status;
  const { t } = useTranslationRef(mlflowTranslationRef);
  const taskRoute = useRouteRef(scaffolderTaskRouteRef);
  const templateLink = useTemplateLink();
  const stopped = isUnfinished(props.status);
  const resume = stopped && templateLink('mlflow-resume', props.status);
  const undo = stopped && templateLink('mlflow-undo', props.status);
  const withTask = phase === 'Progressing' || phase === 'Failed';
  return (
    <Flex gap="2" justify="end" style={{ flexWrap: 'wrap' }}>
      {withTask && taskId && taskRoute && (
        <ButtonLink href={taskRoute({ taskId })} variant="secondary">
          {t('card.openTask')}
        </ButtonLink>
      )}
      {resume && (
        <ButtonLink href={resume} variant="primary">
          {t('card.resume')}
        </ButtonLink>
      )}
      {undo && (
        <ButtonLink href={undo} variant="secondary">
          {t('card.undo')}
        </ButtonLink>
      )}
      <ExternalButton href={urls.permissions} variant="secondary">
        {t('card.openPermissions')}
      </ExternalButton>
      <ExternalButton
        href={urls.mlflow}
        variant={phase === 'Progressing' || stopped ? 'secondary' : 'primary'}
      >
        {t('card.openMlflow')}
      </ExternalButton>
    </Flex>
  );
};

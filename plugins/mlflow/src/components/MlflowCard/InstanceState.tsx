import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Flex, Text } from '@backstage/ui';
import {
  InstanceCondition,
  InstancePhase,
  InstanceStatus,
} from 'backstage-plugin-mlflow-common';
import { mlflowTranslationRef } from '../../translation';
import { FirstFinding } from './FirstFinding';

const TONES = {
  Ready: 'success',
  Progressing: 'info',
  Degraded: 'warning',
  Failed: 'danger',
  Unknown: 'warning',
} as const satisfies Record<InstancePhase, string>;

const Conditions = (props: { conditions: InstanceCondition[] }) => {
  const { t } = useTranslationRef(mlflowTranslationRef);
  return (
    <Flex direction="column" gap="1">
      <Text variant="body-small">{t('card.conditions')}</Text>
      <ul style={{ margin: 0, paddingLeft: 'var(--bui-space-4)' }}>
        {props.conditions.map(({ type, reason, message }) => (
          <li key={type}>
            <Text variant="body-small">
              {type}: {message || reason}
            </Text>
          </li>
        ))}
      </ul>
    </Flex>
  );
};

/** Phase, reason and message; why it is so and what to do when not all is well. */
export const InstanceState = (props: { status: InstanceStatus }) => {
  const { phase, reason, message, versions } = props.status;
  const { conditions, findings } = props.status;
  const { t } = useTranslationRef(mlflowTranslationRef);
  const well = phase === 'Ready' || phase === 'Progressing';
  const told = findings.some(({ title }) => message.startsWith(title));
  // A finding says more than the condition that it breaks.
  const wrong =
    well || findings.length > 0
      ? []
      : conditions.filter(({ status }) => status !== 'True');
  return (
    <>
      <Alert
        role="status"
        status={TONES[phase]}
        icon={phase !== 'Progressing'}
        isPending={phase === 'Progressing'}
        title={t(`card.phase.${phase}`)}
        description={
          <Flex direction="column" gap="1">
            {!told && message && <span>{message}</span>}
            {!well && reason && <span>{t('card.reason', { reason })}</span>}
          </Flex>
        }
      />
      <FirstFinding findings={findings} />
      {versions.warning && (
        <Alert
          status="warning"
          icon
          title={t('card.warning')}
          description={versions.warning}
        />
      )}
      {wrong.length > 0 && <Conditions conditions={wrong} />}
    </>
  );
};

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Flex, Text } from '@backstage/ui';
import {
  RiAddLine,
  RiCheckLine,
  RiEditLine,
  RiErrorWarningLine,
} from '@remixicon/react';
import { PlanAction, PlanChange } from 'backstage-plugin-mlflow-common';
import { mlflowFormTranslationRef } from '../../formTranslation';

const SIGNS: Record<PlanAction, { Icon: typeof RiAddLine; color: string }> = {
  create: { Icon: RiAddLine, color: 'var(--bui-fg-positive)' },
  update: { Icon: RiEditLine, color: 'var(--bui-fg-warning)' },
  keep: { Icon: RiCheckLine, color: 'var(--bui-fg-secondary)' },
  conflict: { Icon: RiErrorWarningLine, color: 'var(--bui-fg-negative)' },
};

const Change = ({ change }: { change: PlanChange }) => {
  const { t } = useTranslationRef(mlflowFormTranslationRef);
  const { Icon, color } = SIGNS[change.action];
  return (
    <Flex align="start" gap="2">
      <Icon
        size={16}
        color={color}
        aria-hidden="true"
        style={{ flex: 'none', marginTop: 2 }}
      />
      <Text variant="body-small" style={{ overflowWrap: 'anywhere' }}>
        {t(`plan.action.${change.action}`)} {change.object}
        {change.detail ? `: ${change.detail}` : ''}
      </Text>
    </Flex>
  );
};

/** Every change of a system, one a line. */
export const ChangeList = (props: { changes: PlanChange[] }) => (
  <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>
    {props.changes.map(change => (
      <li key={`${change.action} ${change.object}`}>
        <Change change={change} />
      </li>
    ))}
  </ul>
);

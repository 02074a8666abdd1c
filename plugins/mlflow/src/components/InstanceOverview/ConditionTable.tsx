import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Flex, Text } from '@backstage/ui';
import { Finding, InstanceCondition } from 'backstage-plugin-mlflow-common';
import { mlflowHealthTranslationRef } from '../../healthTranslation';
import { DataTable } from '../DataTable';
import { useMessageText } from '../Findings';
import { Mark, Tone } from '../Mark';
import { RelativeTime } from '../RelativeTime';

const TONES: Record<InstanceCondition['status'], Tone> = {
  True: 'good',
  False: 'bad',
  Unknown: 'unknown',
};

const Reason = ({ reason, message }: { reason: string; message: string }) => (
  <Flex direction="column" gap="1">
    <span>{message}</span>
    <Text variant="body-x-small" color="secondary">
      {reason}
    </Text>
  </Flex>
);

/** All that is known of an instance, one by one. */
export const ConditionTable = (props: {
  conditions: InstanceCondition[];
  findings: Finding[];
}) => {
  const messageOf = useMessageText(props.findings);
  const { t } = useTranslationRef(mlflowHealthTranslationRef);
  return (
    <DataTable
      label={t('overview.conditions')}
      rows={props.conditions}
      keyOf={({ type }) => type}
      columns={[
        {
          label: t('overview.condition'),
          cell: ({ type }) => t(`overview.type.${type}`),
        },
        {
          label: t('overview.status'),
          cell: ({ status }) => (
            <Mark tone={TONES[status]}>{t(`overview.${status}`)}</Mark>
          ),
        },
        {
          label: t('overview.message'),
          long: true,
          cell: ({ reason, message }) => (
            <Reason reason={reason} message={messageOf(message)} />
          ),
        },
        {
          label: t('overview.since'),
          cell: ({ since }) => (since ? <RelativeTime time={since} /> : '–'),
        },
        {
          label: t('overview.checkedAt'),
          cell: ({ checkedAt }) =>
            checkedAt ? (
              <RelativeTime time={checkedAt} />
            ) : (
              t('overview.always')
            ),
        },
      ]}
    />
  );
};

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Flex, Text } from '@backstage/ui';
import { InstanceStatus } from 'backstage-plugin-mlflow-common';
import { mlflowHealthTranslationRef } from '../../healthTranslation';
import { FindingView } from '../Findings';
import { ConditionTable } from './ConditionTable';

/** What is wrong with an instance and what to do, then all that is known. */
export const InstanceOverview = (props: { status: InstanceStatus }) => {
  const { status } = props;
  const { t } = useTranslationRef(mlflowHealthTranslationRef);
  return (
    <Flex direction="column" gap="4">
      <Flex direction="column" gap="2">
        <Text as="h3" variant="title-x-small">
          {t('overview.findings')}
        </Text>
        {status.findings.length === 0 && (
          <Text variant="body-medium">{t('overview.noFindings')}</Text>
        )}
        {status.findings.map(finding => (
          <FindingView
            key={`${finding.cause} ${finding.title}`}
            finding={finding}
            instance={status}
          />
        ))}
      </Flex>
      <Flex direction="column" gap="2">
        <Text as="h3" variant="title-x-small">
          {t('overview.conditions')}
        </Text>
        <ConditionTable
          conditions={status.conditions}
          findings={status.findings}
        />
      </Flex>
    </Flex>
  );
};

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Button, Flex, Text } from '@backstage/ui';
import { InstanceStatus } from 'backstage-plugin-mlflow-common';
import { mlflowHealthTranslationRef } from '../../healthTranslation';
import { useMessageText } from '../Findings/useMessageText';
import { Mark, PHASE_TONES } from '../Mark';
import { relativeTime, useLanguage } from '../RelativeTime';
import { Checks } from './useChecks';

function useCheckedAt(checkedAt: string | undefined): string {
  const { t } = useTranslationRef(mlflowHealthTranslationRef);
  const language = useLanguage();
  const words = checkedAt && relativeTime(checkedAt, Date.now(), language);
  return words ? t('tab.checked', { time: words }) : t('tab.notChecked');
}

/** How the instance is, in one line, and the button to look anew. */
export const TabHeadline = (props: {
  status: InstanceStatus;
  checks: Checks;
}) => {
  const { status, checks } = props;
  const { t } = useTranslationRef(mlflowHealthTranslationRef);
  const messageOf = useMessageText(status.findings);
  const checkedAt = useCheckedAt(status.checkedAt);
  return (
    <Flex direction="column" gap="2">
      <Flex
        justify="between"
        align="center"
        gap="4"
        style={{ flexWrap: 'wrap' }}
      >
        <div role="status">
          <Text variant="body-large">
            <Mark tone={PHASE_TONES[status.phase]}>
              <strong>{t(`phase.${status.phase}`)}</strong>{' '}
              {messageOf(status.message)}
            </Mark>
          </Text>
        </div>
        <Flex align="center" gap="3">
          <Text variant="body-small">{checkedAt}</Text>
          <Button
            variant="secondary"
            isPending={checks.checking}
            onPress={checks.checkNow}
          >
            {t(checks.checking ? 'tab.checking' : 'tab.check')}
          </Button>
        </Flex>
      </Flex>
      {checks.problem && (
        <Alert
          role="status"
          status="warning"
          icon
          title={t('tab.checkFailed', { message: checks.problem })}
        />
      )}
    </Flex>
  );
};

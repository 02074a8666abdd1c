import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Button, Flex, Text, TextField } from '@backstage/ui';
import {
  InstanceReference,
  LoginCheck as Verdict,
} from 'backstage-plugin-mlflow-common';
import { FormEvent, useState } from 'react';
import { mlflowApiRef } from '../../api';
import { mlflowHealthTranslationRef } from '../../healthTranslation';
import { FindingView } from '../Findings';

type Answer =
  | { state: 'none' }
  | { state: 'asking' }
  | { state: 'answered'; verdict: Verdict }
  | { state: 'failed'; message: string };

const Outcome = (props: { verdict: Verdict; instance: InstanceReference }) => {
  const { user, allowed, admin, findings } = props.verdict;
  const { t } = useTranslationRef(mlflowHealthTranslationRef);
  const allowedAs = admin ? 'login.admin' : 'login.allowed';
  return (
    <Flex direction="column" gap="3">
      <Alert
        role="status"
        status={allowed ? 'success' : 'danger'}
        icon
        title={t(allowed ? allowedAs : 'login.refused', { user })}
        description={findings.length === 0 ? t('login.nothing') : undefined}
      />
      {findings.map(finding => (
        <FindingView
          key={`${finding.cause} ${finding.title}`}
          finding={finding}
          instance={props.instance}
        />
      ))}
    </Flex>
  );
};

/** Answers why somebody can't log in, from what the identity provider knows. */
export const LoginCheck = (props: {
  entityRef: string;
  status: InstanceReference;
}) => {
  const { entityRef, status } = props;
  const api = useApi(mlflowApiRef);
  const { t } = useTranslationRef(mlflowHealthTranslationRef);
  const [user, setUser] = useState('');
  const [answer, setAnswer] = useState<Answer>({ state: 'none' });
  const asking = answer.state === 'asking';

  const ask = async (event: FormEvent) => {
    event.preventDefault();
    if (!user.trim() || asking) {
      return;
    }
    setAnswer({ state: 'asking' });
    setAnswer(
      await api.checkLogin(entityRef, user.trim()).then(
        (verdict): Answer => ({ state: 'answered', verdict }),
        error => ({ state: 'failed', message: error.message }),
      ),
    );
  };

  return (
    <Flex direction="column" gap="4">
      <Text as="h3" variant="title-x-small">
        {t('login.title')}
      </Text>
      <form onSubmit={ask}>
        <Flex align="end" gap="3" style={{ flexWrap: 'wrap' }}>
          <TextField
            label={t('login.user')}
            description={t('login.userHelp')}
            value={user}
            onChange={setUser}
            autoComplete="off"
            style={{ minWidth: '20rem' }}
          />
          <Button type="submit" variant="primary" isPending={asking}>
            {t('login.ask')}
          </Button>
        </Flex>
      </form>
      {answer.state === 'answered' && (
        <Outcome verdict={answer.verdict} instance={status} />
      )}
      {answer.state === 'failed' && (
        <Alert
          role="alert"
          status="danger"
          icon
          title={t('login.failed')}
          description={answer.message}
        />
      )}
    </Flex>
  );
};

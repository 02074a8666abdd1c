import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Flex, Text } from '@backstage/ui';
import { useCallback } from 'react';
import { mlflowApiRef } from '../../api';
import { mlflowHealthTranslationRef } from '../../healthTranslation';
import { PlanView } from '../MlflowPlan';
import { Remote, useRemote } from '../Remote';

/** What differs from what was asked for, system by system. */
export const InstanceDrift = (props: { entityRef: string }) => {
  const { entityRef } = props;
  const api = useApi(mlflowApiRef);
  const { t } = useTranslationRef(mlflowHealthTranslationRef);
  const ask = useCallback(() => api.getDrift(entityRef), [api, entityRef]);
  const { view, refresh } = useRemote(ask);
  return (
    <Flex direction="column" gap="3">
      <Flex justify="between" align="center" gap="4">
        <Text variant="body-medium">{t('drift.what')}</Text>
        <Button variant="secondary" onPress={refresh}>
          {t('remote.refresh')}
        </Button>
      </Flex>
      <Remote view={view} retry={refresh}>
        {plan => <PlanView plan={plan} />}
      </Remote>
    </Flex>
  );
};

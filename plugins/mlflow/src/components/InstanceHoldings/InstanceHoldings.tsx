import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Flex } from '@backstage/ui';
import { useCallback } from 'react';
import { mlflowApiRef } from '../../api';
import { mlflowHealthTranslationRef } from '../../healthTranslation';
import { Remote, useRemote } from '../Remote';
import { Bucket, Client, Databases, Groups, Secrets } from './systems';

/** What each system holds of an instance: names and sizes, never a secret. */
export const InstanceHoldings = (props: { entityRef: string }) => {
  const { entityRef } = props;
  const api = useApi(mlflowApiRef);
  const { t } = useTranslationRef(mlflowHealthTranslationRef);
  const ask = useCallback(() => api.getHoldings(entityRef), [api, entityRef]);
  const { view, refresh } = useRemote(ask);
  return (
    <Remote view={view} retry={refresh}>
      {holdings => (
        <Flex direction="column" gap="4">
          <Flex justify="end">
            <Button variant="secondary" onPress={refresh}>
              {t('remote.refresh')}
            </Button>
          </Flex>
          <Databases databases={holdings.databases} />
          <Bucket bucket={holdings.bucket} />
          <Client client={holdings.client} />
          <Groups groups={holdings.groups} />
          <Secrets secrets={holdings.secrets} />
        </Flex>
      )}
    </Remote>
  );
};

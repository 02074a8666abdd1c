import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { FullPage, PluginHeader } from '@backstage/ui';
import { RiFlaskLine } from '@remixicon/react';
import { mlflowHealthTranslationRef } from '../../healthTranslation';
import { InstancesPage } from './InstancesPage';

/** The page where the app gives it no header: on the legacy frontend system. */
export const InstancesPageWithHeader = () => {
  const { t } = useTranslationRef(mlflowHealthTranslationRef);
  return (
    <>
      <PluginHeader icon={<RiFlaskLine />} title={t('list.title')} />
      <FullPage>
        <InstancesPage />
      </FullPage>
    </>
  );
};

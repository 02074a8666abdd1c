import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { RiFlaskLine, RiShieldKeyholeLine } from '@remixicon/react';
import { mlflowTranslationRef } from '../../translation';
import { instanceLinks } from './instanceLinks';

/** The link to MLflow in the About card. */
export function useMlflowLinkProps() {
  const { entity } = useEntity();
  const { t } = useTranslationRef(mlflowTranslationRef);
  const { mlflow } = instanceLinks(entity.metadata.links);
  return {
    label: t('links.mlflow'),
    icon: <RiFlaskLine />,
    href: mlflow,
    disabled: !mlflow,
  };
}

/** The link to the permissions UI in the About card. */
export function usePermissionsLinkProps() {
  const { entity } = useEntity();
  const { t } = useTranslationRef(mlflowTranslationRef);
  const { permissions } = instanceLinks(entity.metadata.links);
  return {
    label: t('links.permissions'),
    icon: <RiShieldKeyholeLine />,
    href: permissions,
    disabled: !permissions,
  };
}

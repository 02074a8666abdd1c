import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { RiFlaskLine, RiShieldKeyholeLine } from '@remixicon/react';
import { mlflowTranslationRef } from '../../translation';
import { useInstanceLinks } from './useInstanceLinks';

/** The link to MLflow in the About card. */
export function useMlflowLinkProps() {
  const { mlflow } = useInstanceLinks();
  const { t } = useTranslationRef(mlflowTranslationRef);
  return {
    label: t('links.mlflow'),
    icon: <RiFlaskLine />,
    href: mlflow,
    disabled: !mlflow,
  };
}

/** The link to the permissions UI in the About card. */
export function usePermissionsLinkProps() {
  const { permissions } = useInstanceLinks();
  const { t } = useTranslationRef(mlflowTranslationRef);
  return {
    label: t('links.permissions'),
    icon: <RiShieldKeyholeLine />,
    href: permissions,
    disabled: !permissions,
  };
}

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  entityRouteParams,
  entityRouteRef,
  useEntity,
} from '@backstage/plugin-catalog-react';
import { useRouteRef } from '@backstage/core-plugin-api';
import { Alert, Flex, Link } from '@backstage/ui';
import { Finding } from 'backstage-plugin-mlflow-common';
import { TAB_PATH } from '../../routes';
import { mlflowTranslationRef } from '../../translation';
import { useFindingText } from '../Findings/useFindingText';

/** The gravest finding, and where the others are. */
export const FirstFinding = (props: { findings: Finding[] }) => {
  const [first, ...others] = props.findings;
  const { entity } = useEntity();
  const entityRoute = useRouteRef(entityRouteRef);
  const { t } = useTranslationRef(mlflowTranslationRef);
  const textOf = useFindingText();
  if (!first) {
    return null;
  }
  const { title, remedy } = textOf(first);
  return (
    <Alert
      role="status"
      status={first.severity === 'error' ? 'danger' : 'warning'}
      icon
      title={title}
      description={
        <Flex direction="column" gap="1" style={{ overflowWrap: 'anywhere' }}>
          <span>{remedy}</span>
          {others.length > 0 && (
            <span>{t('card.more', { count: others.length })}</span>
          )}
          <Link href={`${entityRoute(entityRouteParams(entity))}${TAB_PATH}`}>
            {t('card.openTab')}
          </Link>
        </Flex>
      }
    />
  );
};

import { useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ButtonLink, Container, Flex, Text } from '@backstage/ui';
import { mlflowHealthTranslationRef } from '../../healthTranslation';
import { scaffolderTemplateRouteRef } from '../../routes';
import { Remote } from '../Remote';
import { InstanceList } from './InstanceList';
import { useInstances } from './useInstances';

const Nothing = () => {
  const { t } = useTranslationRef(mlflowHealthTranslationRef);
  const template = useRouteRef(scaffolderTemplateRouteRef);
  const form = template?.({
    namespace: 'default',
    templateName: 'mlflow-instance',
  });
  return (
    <Flex direction="column" gap="3" align="start">
      <Text variant="body-medium" role="status">
        {t('list.empty')}
      </Text>
      {form && (
        <ButtonLink href={form} variant="primary">
          {t('list.emptyHelp')}
        </ButtonLink>
      )}
    </Flex>
  );
};

/**
 * All instances that the caller may see, of all platforms.
 *
 * @public
 */
export const InstancesPage = () => {
  const { t } = useTranslationRef(mlflowHealthTranslationRef);
  const { view, refresh } = useInstances();
  return (
    <Container>
      <section aria-label={t('list.title')}>
        <Remote view={view} retry={refresh}>
          {rows =>
            rows.length === 0 ? <Nothing /> : <InstanceList rows={rows} />
          }
        </Remote>
      </section>
    </Container>
  );
};

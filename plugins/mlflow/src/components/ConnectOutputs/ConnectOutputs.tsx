import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ScaffolderTaskOutput } from '@backstage/plugin-scaffolder-common';
import { DefaultTemplateOutputs } from '@backstage/plugin-scaffolder-react/alpha';
import { Card, CardBody, CardHeader, Flex, Text } from '@backstage/ui';
import { mlflowFormTranslationRef } from '../../formTranslation';
import { instanceLinks } from '../EntityLinks';
import { OutputLinks } from './OutputLinks';
import { Snippet } from './Snippet';
import { pythonSnippet, shellSnippet } from './snippets';

/**
 * What a finished task shows: where the instance is, and how to use it from
 * outside the browser. Without an address of an instance among the links (a
 * dry run, a changed template) it is the scaffolder's own page.
 */
export const ConnectOutputs = (props: { output?: ScaffolderTaskOutput }) => {
  const { output } = props;
  const { t } = useTranslationRef(mlflowFormTranslationRef);
  const { mlflow } = instanceLinks(output?.links);
  if (!mlflow) {
    return <DefaultTemplateOutputs output={output} />;
  }
  return (
    <Card>
      <CardHeader>
        <Text as="h2" variant="title-x-small" weight="bold">
          {t('connect.title')}
        </Text>
      </CardHeader>
      <CardBody>
        <Flex direction="column" gap="4">
          <OutputLinks links={output?.links ?? []} />
          <Text as="h3" variant="body-large" weight="bold">
            {t('connect.heading')}
          </Text>
          <Text variant="body-medium">{t('connect.step')}</Text>
          <Snippet
            title={t('connect.shell')}
            code={shellSnippet(mlflow.replace(/\/$/, ''))}
          />
          <Snippet title={t('connect.python')} code={pythonSnippet} />
        </Flex>
      </CardBody>
    </Card>
  );
};

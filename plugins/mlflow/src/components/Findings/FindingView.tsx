import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, ButtonLink, Flex, VisuallyHidden } from '@backstage/ui';
import { Finding, InstanceReference } from 'backstage-plugin-mlflow-common';
import { useId } from 'react';
import { mlflowHealthTranslationRef } from '../../healthTranslation';
import { useTemplateLink } from '../MlflowCard/useTemplateLink';
import { useFindingText } from './useFindingText';

const STATUS = { error: 'danger', warning: 'warning' } as const;

const Evidence = ({ evidence }: Pick<Finding, 'evidence'>) => (
  <ul style={{ margin: 0, paddingLeft: 'var(--bui-space-4)' }}>
    {evidence.map(({ source, text }) => (
      <li key={`${source} ${text}`} style={{ overflowWrap: 'anywhere' }}>
        {source}: <code>{text}</code>
      </li>
    ))}
  </ul>
);

/** One finding: what is wrong, how that is known, and what to do. */
export const FindingView = (props: {
  finding: Finding;
  instance: InstanceReference;
}) => {
  const { finding, instance } = props;
  const { t } = useTranslationRef(mlflowHealthTranslationRef);
  const { title, remedy } = useFindingText()(finding);
  const templateLink = useTemplateLink();
  const mend = finding.template && templateLink(finding.template, instance);
  const id = useId();
  return (
    <Alert
      role="group"
      aria-labelledby={id}
      status={STATUS[finding.severity]}
      icon
      title={
        <span id={id}>
          <VisuallyHidden>
            {t(`overview.severity.${finding.severity}`)}:{' '}
          </VisuallyHidden>
          {title}
        </span>
      }
      description={
        <Flex direction="column" gap="2">
          {finding.evidence.length > 0 && (
            <div>
              <strong>{t('overview.evidence')}</strong>
              <Evidence evidence={finding.evidence} />
            </div>
          )}
          <div style={{ overflowWrap: 'anywhere' }}>
            <strong>{t('overview.remedy')}</strong>
            <br />
            {remedy}
          </div>
        </Flex>
      }
      customActions={
        mend && (
          <ButtonLink href={mend} variant="primary" size="small">
            {t('overview.mend')}
          </ButtonLink>
        )
      }
    />
  );
};

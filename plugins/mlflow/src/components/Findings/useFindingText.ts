import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Finding } from 'backstage-plugin-mlflow-common';
import { mlflowFindingTranslationRef } from '../../findingTranslation';
import { isKnownCause } from '../../translations/findings';

/** Title and remedy of a finding in the language of the app, where it has them. */
export function useFindingText(): (
  finding: Finding,
) => Pick<Finding, 'title' | 'remedy'> {
  const { t } = useTranslationRef(mlflowFindingTranslationRef);
  return ({ cause, title, remedy, values }) =>
    isKnownCause(cause)
      ? {
          title: t(`${cause}.title`, { ...values, title }),
          remedy: t(`${cause}.remedy`, { ...values, remedy }),
        }
      : { title, remedy };
}

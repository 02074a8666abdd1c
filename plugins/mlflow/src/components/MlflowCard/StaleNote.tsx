import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import { InstanceStatus } from 'backstage-plugin-mlflow-common';
import { mlflowTranslationRef } from '../../translation';
import { Mark } from '../Mark';
import { useLanguage } from '../RelativeTime';
import { isStale } from './isStale';

/** Says of when it is what the page shows, when that is not now. */
export const StaleNote = (props: {
  status: InstanceStatus;
  /** Why the last look brought nothing newer. */
  problem?: string;
}) => {
  const { status, problem } = props;
  const { t } = useTranslationRef(mlflowTranslationRef);
  const language = useLanguage();
  const time = new Date(status.observedAt).toLocaleTimeString(language);
  // The backend knows at once that a watch broke; the age tells it a minute later.
  const stale = status.staleReason || isStale(status.observedAt, Date.now());
  return (
    <div role="status">
      {(problem || stale) && (
        <Text variant="body-small">
          <Mark tone="warning">
            {t(problem ? 'card.outdated' : 'card.stale', { time })}
          </Mark>
        </Text>
      )}
    </div>
  );
};

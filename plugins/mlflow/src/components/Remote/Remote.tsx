import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Alert,
  Button,
  Flex,
  Skeleton,
  Text,
  VisuallyHidden,
} from '@backstage/ui';
import { ReactNode } from 'react';
import { mlflowHealthTranslationRef } from '../../healthTranslation';
import { useLanguage } from '../RelativeTime';
import { RemoteView } from './remoteView';

const Loading = () => {
  const { t } = useTranslationRef(mlflowHealthTranslationRef);
  return (
    <div role="status">
      <VisuallyHidden>{t('remote.loading')}</VisuallyHidden>
      <Flex direction="column" gap="2" aria-hidden="true">
        <Skeleton width="100%" height={24} />
        <Skeleton width="80%" height={24} />
        <Skeleton width="60%" height={24} />
      </Flex>
    </div>
  );
};

/** Says why the page is behind; nothing when it is not. */
const Outdated = (props: { at: number; problem: string | undefined }) => {
  const { at, problem } = props;
  const language = useLanguage();
  const { t } = useTranslationRef(mlflowHealthTranslationRef);
  return (
    <div role="status">
      {problem && (
        <Alert
          status="warning"
          icon
          title={t('remote.outdated', {
            time: new Date(at).toLocaleTimeString(language),
          })}
          description={navigator.onLine ? problem : t('remote.offline')}
        />
      )}
    </div>
  );
};

/**
 * Shows what was asked for in each of its states. The children are called with
 * the answer.
 */
export function Remote<T>(props: {
  view: RemoteView<T>;
  retry: () => void;
  /** Sentence for an answer that holds nothing. */
  empty?: (value: T) => string | undefined;
  children: (value: T) => ReactNode;
}) {
  const { view, retry, empty, children } = props;
  const { t } = useTranslationRef(mlflowHealthTranslationRef);
  switch (view.state) {
    case 'loading':
      return <Loading />;
    case 'shown': {
      const nothing = empty?.(view.value);
      return (
        <Flex direction="column" gap="3">
          <Outdated at={view.at} problem={view.problem} />
          {nothing ? (
            <Text variant="body-medium" role="status">
              {nothing}
            </Text>
          ) : (
            children(view.value)
          )}
        </Flex>
      );
    }
    case 'unreachable':
      return (
        <Alert
          role="alert"
          status="danger"
          icon
          title={t('remote.unreachable')}
          description={navigator.onLine ? view.message : t('remote.offline')}
          customActions={
            <Button variant="secondary" size="small" onPress={retry}>
              {t('remote.retry')}
            </Button>
          }
        />
      );
    default:
      return (
        <Alert
          role="status"
          status="info"
          icon
          title={t(`remote.${view.state}.title`)}
          description={t(`remote.${view.state}.description`)}
        />
      );
  }
}

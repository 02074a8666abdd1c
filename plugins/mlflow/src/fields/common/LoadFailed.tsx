import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Button } from '@backstage/ui';
import { mlflowFormTranslationRef } from '../../formTranslation';

/** Stands in for a field whose choices could not be loaded. */
export const LoadFailed = (props: {
  title: string;
  error: Error;
  retry: () => void;
}) => {
  const { t } = useTranslationRef(mlflowFormTranslationRef);
  return (
    <Alert
      role="alert"
      status="danger"
      icon
      title={props.title}
      description={props.error.message}
      customActions={
        <Button
          type="button"
          variant="secondary"
          size="small"
          onPress={props.retry}
        >
          {t('fields.retry')}
        </Button>
      }
    />
  );
};

import { useRouteRef } from '@backstage/core-plugin-api';
import {
  InstanceReference,
  stringifyInstanceReference,
} from 'backstage-plugin-mlflow-common';
import { scaffolderTemplateRouteRef } from '../../routes';

/** Templates for an instance that exists. */
export type InstanceTemplate = 'mlflow-resume' | 'mlflow-undo';

/**
 * Leads to a template's form, filled in with an instance. It gives undefined
 * where the portal has no scaffolder.
 */
export function useTemplateLink(): (
  templateName: InstanceTemplate,
  instance: InstanceReference,
) => string | undefined {
  const route = useRouteRef(scaffolderTemplateRouteRef);
  return (templateName, instance) => {
    const form = route?.({ namespace: 'default', templateName });
    const formData = JSON.stringify({
      instance: stringifyInstanceReference(instance),
    });
    return form && `${form}?${new URLSearchParams({ formData })}`;
  };
}

import { useRouteRef } from '@backstage/core-plugin-api';
import {
  InstanceReference,
  stringifyInstanceReference,
} from 'backstage-plugin-mlflow-common';
import { scaffolderTemplateRouteRef } from '../../routes';

/**
 * Leads to the form of a template for an instance that exists, filled in with it. It gives undefined
 * where the portal has no scaffolder.
 */
export function useTemplateLink(): (
  templateName: string,
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

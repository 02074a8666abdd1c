import { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';

/** What each control of a field takes from the form. */
export interface FieldControl {
  id: string;
  label: string;
  description: string | undefined;
  isRequired: boolean | undefined;
  isDisabled: boolean;
  /**
   * `native` would keep the form from being sent while a field is marked
   * invalid, and the form keeps its last errors until it is sent: nobody could
   * go on after one refusal.
   */
  validationBehavior: 'aria';
}

/**
 * Title and description as the template gives them, or else our own.
 */
export function fieldControl<T>(
  props: FieldExtensionComponentProps<T>,
  own: { title: string; description: string },
): FieldControl {
  const { schema, uiSchema, idSchema, required, disabled, readonly } = props;
  return {
    id: idSchema.$id,
    label: schema.title ?? own.title,
    description:
      uiSchema['ui:description'] ?? schema.description ?? own.description,
    isRequired: required,
    isDisabled: disabled || readonly || Boolean(uiSchema['ui:disabled']),
    validationBehavior: 'aria',
  };
}

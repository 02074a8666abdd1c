/**
 * Another answer of the same form, when it is given and is text.
 *
 * @param formData - all answers so far
 */
export function formValue(formData: unknown, key: string): string | undefined {
  if (typeof formData !== 'object' || formData === null) {
    return undefined;
  }
  const value: unknown = Reflect.get(formData, key);
  return typeof value === 'string' && value ? value : undefined;
}

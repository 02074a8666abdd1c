/** Attribute of clients, groups and client scopes that says whose they are. */
export const MARK_ATTRIBUTE = 'mlflow.mark';

/** Value of an attribute, which Keycloak keeps as a text or as a list of texts. */
export function attributeOf(
  attributes: Record<string, unknown> | undefined,
  name: string,
): string | undefined {
  const value = attributes?.[name];
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' && first !== '' ? first : undefined;
}

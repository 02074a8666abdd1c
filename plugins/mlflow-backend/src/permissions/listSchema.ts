/** What is wrong with a value, and where. */
interface Issue {
  message: string;
  path?: PropertyKey[];
}

/**
 * Standard Schema (https://standardschema.dev) of an object that holds one list
 * of texts. The permission framework wants a schema that describes itself as
 * JSON Schema, which zod 3 cannot.
 */
export interface ListSchema<Params> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly types?: { readonly input: Params; readonly output: Params };
    validate(value: unknown): { value: Params } | { issues: Issue[] };
    readonly jsonSchema: {
      input(): Record<string, unknown>;
      output(): Record<string, unknown>;
    };
  };
}

/**
 * Schema of `{ [key]: string[] }`.
 *
 * @param toParams - puts the list under its key
 */
export function listSchema<Params>(
  key: string & keyof Params,
  description: string,
  toParams: (list: string[]) => Params,
): ListSchema<Params> {
  const jsonSchema = () => ({
    $schema: 'http://json-schema.org/draft-07/schema#',
    type: 'object',
    properties: {
      [key]: { type: 'array', items: { type: 'string' }, description },
    },
    required: [key],
    additionalProperties: false,
  });
  return {
    '~standard': {
      version: 1,
      vendor: 'mlflow',
      validate(value) {
        const list: unknown =
          typeof value === 'object' && value !== null
            ? Reflect.get(value, key)
            : undefined;
        return isTexts(list)
          ? { value: toParams(list) }
          : {
              issues: [
                { message: `${key} must be a list of texts`, path: [key] },
              ],
            };
      },
      jsonSchema: { input: jsonSchema, output: jsonSchema },
    },
  };
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(item => typeof item === 'string');
}

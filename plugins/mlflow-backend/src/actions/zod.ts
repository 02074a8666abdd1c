import { createTemplateAction } from '@backstage/plugin-scaffolder-node';

type ActionSchema = NonNullable<
  Parameters<typeof createTemplateAction>[0]['schema']
>;

/** The zod that the scaffolder hands to schemas; it may be another copy than ours. */
export type Z = Parameters<
  Extract<NonNullable<ActionSchema['input']>, (z: never) => unknown>
>[0];

declare const zod: Z;

/** A schema of that zod. */
export type SchemaOf<T> = ReturnType<typeof zod.custom<T>>;

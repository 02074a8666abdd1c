import { SCHEMAS, SchemaRevisions } from '../releases/schemas';
import { Facts, known } from './Facts';

/** A database whose schema is not the one that the server wants. */
export interface SchemaState {
  database: string;
  revision: string;
  wanted: string;
  /** No revision of this line: a newer server has been there. */
  newer: boolean;
}

/** The databases whose schema is another one than the line's newest. */
export function otherSchemas({ databases, instance }: Facts): SchemaState[] {
  const found = known(databases);
  const schemas = SCHEMAS[instance.release.line];
  return (['tracking', 'auth'] as const).flatMap(
    (which: keyof SchemaRevisions) => {
      const database = found?.[which];
      const [wanted] = schemas[which];
      const revision = database?.revision;
      return database && revision && revision !== wanted
        ? [
            {
              database: database.name,
              revision,
              wanted,
              newer: !schemas[which].includes(revision),
            },
          ]
        : [];
    },
  );
}

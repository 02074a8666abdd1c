import { ConflictError } from '@backstage/errors';

/** An object of the wanted name bears another mark than ours, or none. */
export class ForeignObjectError extends ConflictError {
  /** Whose it is, for people, for example `it bears no mark`. */
  readonly owner: string;

  constructor(message: string, owner: string) {
    super(message);
    this.owner = owner;
  }
}

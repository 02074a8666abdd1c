/** What a login with the values of a Secret came to. */
export type LoginFact =
  | { ok: true }
  | {
      ok: false;
      kind:
        | 'password'
        | 'missing'
        | 'unreachable'
        | 'refused'
        | 'full'
        /** The Secret does not hold what a login needs. */
        | 'secret';
      /** In the words of PostgreSQL or of the network; never a secret. */
      message: string;
    };

/** How one of the instance's databases takes the credentials of its Secret. */
export interface DatabaseFact {
  /** As the server is told. */
  name: string;
  /** The role of the Secret, where it names one. */
  user?: string;
  /** Whether the portal's own account sees it; undefined when that cannot ask. */
  exists?: boolean;
  login: LoginFact;
  /** Revision of the schema; undefined when there is none yet. */
  revision?: string;
}

/** The databases as the server finds them. */
export interface DatabaseFacts {
  tracking: DatabaseFact;
  auth: DatabaseFact;
  /** Connections of the role, and how many it may have. */
  connections?: { used: number; limit: number };
}

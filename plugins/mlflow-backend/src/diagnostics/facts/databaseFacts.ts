/** How one of the instance's databases takes the credentials of its Secret. */
export interface DatabaseFact {
  name: string;
  /** Whether the portal's own account sees it. */
  exists: boolean;
  /** What a login with the values of the Secret came to. */
  login:
    | { ok: true }
    | {
        ok: false;
        kind: 'password' | 'missing' | 'unreachable' | 'refused' | 'full';
        message: string;
      };
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

/** An answer over HTTP, or why there was none. */
export type Hop =
  | {
      status: number;
      contentType: string;
      location?: string;
      /** The first 2,000 characters, masked. */
      text: string;
    }
  | { failure: string };

/** What a user of the server would meet, one request each. */
export interface ServerFacts {
  /** The pod that was asked from inside; undefined when none runs. */
  pod?: string;
  /** Readiness, from inside. */
  ready?: Hop;
  /** A guarded call of the reader by the Service's name, from inside. */
  byService?: Hop;
  /** The same by the public host, through the ingress. */
  byHost: Hop;
  /** A guarded call without login, through the ingress. */
  anonymous: Hop;
  /** `/login`, not followed. */
  login: Hop;
  /** Where `/login` leads, at the identity provider; one hop. */
  loginPage?: Hop;
  /** Listing of artifacts by the reader. */
  artifacts: Hop;
  /** `/metrics` by the Service's name, from inside; only where it is wanted. */
  metrics?: Hop;
  /** What the TLS connection to the public host showed. */
  certificate?: CertificateFact;
}

/** Certificate of the public host. */
export interface CertificateFact {
  subject: string;
  issuer: string;
  /** ISO 8601 */
  validTo: string;
  /** Why a client that trusts the platform's CA refuses it. */
  refused?: string;
}

/** The answer, when there was one. */
export function answered(hop: Hop | undefined) {
  return hop && 'status' in hop ? hop : undefined;
}

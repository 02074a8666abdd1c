import { ShownCertificate } from '../../probes/certificate';

/** An answer over HTTP, or why there was none. */
export type Hop =
  | {
      status: number;
      contentType: string;
      /** Masked. */
      location?: string;
      /** The first 2,000 characters, masked. */
      text: string;
    }
  | {
      failure: string;
      /** Nothing came in time, which says less than a refusal. */
      timedOut?: true;
    };

/**
 * What a user of the server would meet, one request each. Where the server is
 * not ready, an answer 401 to the reader is left out as a failure: without its
 * database it knows nobody.
 */
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
export type CertificateFact = ShownCertificate;

/** The answer, when there was one. */
export function answered(hop: Hop | undefined) {
  return hop && 'status' in hop ? hop : undefined;
}

/** Whether the server says of itself that it can serve. */
export function isReady({ ready }: Pick<ServerFacts, 'ready'>): boolean {
  return answered(ready)?.status === 200;
}

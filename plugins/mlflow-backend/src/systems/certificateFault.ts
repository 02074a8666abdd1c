import { isError } from '@backstage/errors';

/** As Node.js names what it dislikes of a certificate. */
const CODES = [
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
];

/** What a library leaves of them that wraps the error without its cause. */
const TEXTS =
  /unable to verify the first certificate|self-signed certificate|certificate has expired|certificate is not yet valid|issuer certificate|does not match certificate/;

/** Whether there was no answer because the server's certificate is not trusted. */
export function isCertificateFault(error: unknown): boolean {
  return (
    isError(error) &&
    (CODES.includes(String(error.code)) ||
      TEXTS.test(error.message) ||
      isCertificateFault(error.cause))
  );
}

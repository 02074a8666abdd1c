import tls from 'node:tls';
import { trustedCertificates } from '../systems/http';

/** A certificate that a server showed. */
export interface ShownCertificate {
  subject: string;
  issuer: string;
  /** ISO 8601 */
  validTo: string;
  /**
   * Why a client that trusts the platform's CA refuses it, as Node.js names it,
   * for example `CERT_HAS_EXPIRED`; absent when it is accepted.
   */
  refused?: string;
}

/**
 * The certificate of a host, whether it is to be trusted or not. Nothing is sent
 * to the host.
 *
 * @param ca - PEM text of the platform's CA, besides the public ones
 * @throws when there is no TLS at the address
 */
export function askCertificate(
  host: string,
  ca: string | undefined,
  signal: AbortSignal,
  port: number = 443,
): Promise<ShownCertificate> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const socket = tls.connect({
      host,
      port,
      servername: host,
      ...(ca && { ca: trustedCertificates(ca) }),
      // It is judged below: what is wrong with it is the answer.
      rejectUnauthorized: false,
    });
    const abort = () => socket.destroy(asError(signal.reason));
    signal.addEventListener('abort', abort, { once: true });
    socket.once('close', () => signal.removeEventListener('abort', abort));
    socket.once('error', reject);
    socket.once('secureConnect', () => {
      const { subject, issuer, valid_to } = socket.getPeerCertificate();
      resolve({
        subject: nameOf(subject),
        issuer: nameOf(issuer),
        validTo: new Date(valid_to).toISOString(),
        ...(!socket.authorized && {
          refused: String(socket.authorizationError),
        }),
      });
      socket.destroy();
    });
  });
}

function nameOf(name: tls.Certificate | undefined): string {
  return [name?.CN, name?.O].flat().filter(Boolean).join(', ') || 'no name';
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}

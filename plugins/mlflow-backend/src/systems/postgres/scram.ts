import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';

/**
 * What PostgreSQL keeps in place of a password (RFC 5803). Given this, it never
 * sees the password itself, in SQL, in a log or over the wire.
 *
 * @param password - printable ASCII, for which SASLprep changes nothing
 * @param salt - bytes
 */
export function scramVerifier(
  password: string,
  salt: Buffer = randomBytes(16),
  iterations = 4096,
): string {
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256');
  const hmac = (data: string) =>
    createHmac('sha256', salted).update(data).digest();
  const stored = createHash('sha256').update(hmac('Client Key')).digest();
  const server = hmac('Server Key');
  return `SCRAM-SHA-256$${iterations}:${salt.toString(
    'base64',
  )}$${stored.toString('base64')}:${server.toString('base64')}`;
}

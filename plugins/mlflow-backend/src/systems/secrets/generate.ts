import { randomBytes } from 'node:crypto';

/** 256 random bits in 43 characters of `A-Z a-z 0-9 - _`. */
export function randomSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** A key for Python's Fernet: 32 random bytes, URL-safe base64 with padding. */
export function fernetKey(): string {
  return `${randomBytes(32).toString('base64url')}=`;
}

import { MAX_NAME_LENGTH, RESERVED_SUFFIXES } from './names';

const RESERVED_NAMES = ['default', 'admin', 'auth', 'backstage'];
const RESERVED_PREFIXES = ['kube-', 'openshift-', 'backstage-'];

/**
 * Says in one sentence what is wrong with the name of an instance, or nothing.
 *
 * @public
 */
export function checkInstanceName(name: string): string | undefined {
  if (!name) {
    return 'Give the instance a name.';
  }
  if (name.length > MAX_NAME_LENGTH) {
    return `The name has ${name.length} characters; ${MAX_NAME_LENGTH} is the limit.`;
  }
  if (!/^[a-z][a-z0-9-]*$/.test(name)) {
    return 'The name must begin with a lower-case letter and hold only a to z, 0 to 9 and hyphens.';
  }
  if (name.endsWith('-')) {
    return 'The name must not end with a hyphen.';
  }
  if (
    RESERVED_NAMES.includes(name) ||
    RESERVED_PREFIXES.some(prefix => name.startsWith(prefix))
  ) {
    return `The name "${name}" is reserved; choose another.`;
  }
  const suffix = RESERVED_SUFFIXES.find(
    ending => name === ending || name.endsWith(`-${ending}`),
  );
  if (suffix) {
    return `The name must not end with "${suffix}", which names a part of another instance.`;
  }
  return undefined;
}

/**
 * Says in one sentence what is wrong with a host, or nothing.
 *
 * @param host - fully qualified, without port
 * @param domains - the platform's domains, one of which it must lie below
 *
 * @public
 */
export function checkHost(host: string, domains: string[]): string | undefined {
  if (!host) {
    return 'Give the instance a host name.';
  }
  if (host.length > 253) {
    return `The host has ${host.length} characters; 253 is the limit.`;
  }
  if (
    !/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/.test(
      host,
    )
  ) {
    return 'The host must be a lower-case DNS name without scheme, port or path.';
  }
  if (!domains.some(domain => host.endsWith(`.${domain}`))) {
    return `The host must lie below ${domains.join(' or ')}.`;
  }
  return undefined;
}

/** What moves the cursor, or lets text read otherwise than it is stored. */
const UNPRINTABLE =
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/**
 * Says in one sentence what is wrong with a description, or nothing.
 *
 * @public
 */
export function checkDescription(description: string): string | undefined {
  if (description.length > 250) {
    return `The description has ${description.length} characters; 250 is the limit.`;
  }
  if (UNPRINTABLE.test(description)) {
    return 'The description must be one line of plain text.';
  }
  return undefined;
}

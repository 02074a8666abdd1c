import { isDeepStrictEqual } from 'node:util';
import { KubernetesObject } from '@kubernetes/client-node';
import { isObject } from '../systems/isObject';

/**
 * Whether an object is as it is wanted: its whole content, and at least the
 * labels and annotations. A rule that somebody added to a policy is a difference,
 * since it opens what should be closed.
 */
export function sameContent(
  wanted: KubernetesObject,
  found: KubernetesObject,
): boolean {
  return (
    isDeepStrictEqual(contentOf(wanted), contentOf(found)) &&
    holdsAll(wanted.metadata?.labels, found.metadata?.labels) &&
    holdsAll(wanted.metadata?.annotations, found.metadata?.annotations)
  );
}

function contentOf(object: KubernetesObject): unknown {
  return 'spec' in object ? plain(object.spec) : undefined;
}

function holdsAll(
  wanted: Record<string, string> = {},
  found: Record<string, string> = {},
): boolean {
  return Object.entries(wanted).every(([key, value]) => found[key] === value);
}

/** Without classes, absent values and empty lists, which the API server drops. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(plain);
  }
  if (isObject(value)) {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, item]) => item !== undefined && !isEmptyList(item))
        .map(([key, item]) => [key, plain(item)]),
    );
  }
  return value;
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

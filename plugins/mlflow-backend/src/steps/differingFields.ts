import { isObject } from '../systems/isObject';

/**
 * Paths of what was asked for and is otherwise. What the API server adds of its
 * own is no difference; an entry more or less in a list is one. Pure.
 */
export function differingFields(
  wanted: unknown,
  found: unknown,
  path: string = '',
): string[] {
  if (isNothing(wanted)) {
    return Array.isArray(found) && found.length > 0 ? [path] : [];
  }
  if (Array.isArray(wanted)) {
    if (!Array.isArray(found) || found.length !== wanted.length) {
      return [path];
    }
    return wanted.flatMap((item, index) =>
      differingFields(item, found[index], `${path}[${index}]`),
    );
  }
  if (isObject(wanted)) {
    const there = isObject(found) ? new Map(Object.entries(found)) : new Map();
    return Object.entries(wanted).flatMap(([key, item]) =>
      differingFields(item, there.get(key), path ? `${path}.${key}` : key),
    );
  }
  return String(wanted) === String(found ?? '') ? [] : [path];
}

/** What the API server drops. */
function isNothing(value: unknown): boolean {
  return (
    value === null ||
    value === undefined ||
    (Array.isArray(value) && value.length === 0)
  );
}

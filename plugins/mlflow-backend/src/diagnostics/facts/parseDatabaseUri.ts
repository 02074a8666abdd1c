/**
 * User, password and database of a URI of SQLAlchemy; undefined when it is none
 * of PostgreSQL or lacks one of them.
 */
export function parseDatabaseUri(
  uri: string | undefined,
): { user: string; password: string; database: string } | undefined {
  const [, rest] = /^postgres(?:ql)?(?:\+\w+)?:(.*)$/s.exec(uri ?? '') ?? [];
  const address = `postgresql:${rest}`;
  if (rest === undefined || !URL.canParse(address)) {
    return undefined;
  }
  const { username, password, pathname } = new URL(address);
  const parts = [username, password, pathname.slice(1)].map(decode);
  const [user, secret, database] = parts;
  return user && secret && database
    ? { user, password: secret, database }
    : undefined;
}

/** A stray `%` is no encoding, and then none of the others is. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * The URI by which SQLAlchemy reaches a database. The driver is named since
 * SQLAlchemy 2.1 takes another one than 2.0 when it is not.
 *
 * @param caPath - file of trusted certificates; without it TLS is off
 */
export function databaseUri(options: {
  user: string;
  password: string;
  host: string;
  port: number;
  database: string;
  caPath?: string;
}): string {
  const { user, password, host, port, database, caPath } = options;
  const query = caPath
    ? `sslmode=verify-full&sslrootcert=${encodeURIComponent(caPath)}`
    : 'sslmode=disable';
  const credentials = `${encode(user)}:${encode(password)}`;
  return `postgresql+psycopg2://${credentials}@${host}:${port}/${database}?${query}`;
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    c => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

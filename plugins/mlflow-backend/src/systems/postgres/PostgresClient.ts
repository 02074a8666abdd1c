import { Client, ClientConfig, Pool, PoolClient, QueryResultRow } from 'pg';
import { PlatformConfig } from '../../platform/config';
import { abortable } from '../abortable';
import { trustedCertificates } from '../http';
import { sqlState, toBackstageError } from './errors';

const CONNECT_MS = 10_000;
const STATEMENT_MS = 60_000;

/** How long a look with somebody else's password may take to be let in. */
const LOOK_MS = 3_000;

/** How long a cancelled statement may take to end. */
const CANCEL_MS = 2_000;

/** Database that exists on every server, from which others are managed. */
const MAINTENANCE_DATABASE = 'postgres';

/** Sends one statement at a time over one connection. */
export interface Session {
  /**
   * @param what - what is tried, for the error, for example `create role x`
   */
  query<Row extends QueryResultRow>(
    what: string,
    text: string,
    values?: unknown[],
  ): Promise<Row[]>;
}

const ignore = () => undefined;

/** Speaks to one platform's PostgreSQL as the portal's role. */
export class PostgresClient {
  readonly #connection: ClientConfig;
  readonly #pool: Pool;

  static fromConfig(
    config: Pick<PlatformConfig, 'postgres' | 'ca'>,
  ): PostgresClient {
    const { host, port, user, password, sslMode } = config.postgres;
    return new PostgresClient({
      host,
      port,
      user,
      password,
      ssl:
        sslMode === 'verify-full'
          ? { ca: config.ca ? trustedCertificates(config.ca) : undefined }
          : false,
    });
  }

  /** @param options - how long a login and a statement may take */
  constructor(
    connection: ClientConfig,
    options: { connectMs?: number; statementMs?: number } = {},
  ) {
    const { connectMs = CONNECT_MS, statementMs = STATEMENT_MS } = options;
    this.#connection = {
      ...connection,
      application_name: 'backstage-mlflow',
      connectionTimeoutMillis: connectMs,
      statement_timeout: statementMs,
      query_timeout: statementMs + 5_000,
      keepAlive: true,
    };
    this.#pool = new Pool({
      ...this.#connection,
      database: MAINTENANCE_DATABASE,
      max: 4,
      idleTimeoutMillis: 30_000,
      allowExitOnIdle: true,
    });
    // A connection that breaks while idle leaves the pool by itself; without a
    // listener it would end the process.
    this.#pool.on('error', () => undefined);
  }

  /** Runs statements outside of a transaction. */
  async session<T>(
    signal: AbortSignal,
    use: (session: Session) => Promise<T>,
  ): Promise<T> {
    const connection = await this.#connect(signal);
    const afterGrace = new AbortController();
    const stop = this.#cancelOnAbort(connection, signal, afterGrace);
    let broken = false;
    try {
      return await use({
        query: async (what, text, values) => {
          signal.throwIfAborted();
          try {
            const answer = await abortable(
              connection.query(text, values),
              afterGrace.signal,
            );
            return answer.rows;
          } catch (error) {
            broken ||= sqlState(error) === undefined;
            throw signal.aborted
              ? signal.reason
              : toBackstageError(error, what);
          }
        },
      });
    } finally {
      stop();
      connection.off('error', ignore);
      connection.release(broken || signal.aborted);
    }
  }

  /** Runs statements as one: all of them take effect, or none. */
  async transaction<T>(
    signal: AbortSignal,
    use: (session: Session) => Promise<T>,
  ): Promise<T> {
    return this.session(signal, async session => {
      await session.query('begin a transaction', 'BEGIN');
      try {
        const result = await use(session);
        await session.query('commit', 'COMMIT');
        return result;
      } catch (error) {
        // Once aborted the connection is thrown away, which rolls back too.
        if (!signal.aborted) {
          await session.query('roll back', 'ROLLBACK').catch(() => undefined);
        }
        throw error;
      }
    });
  }

  /**
   * Whether a role is let in with a password, found by a real login.
   *
   * A login that only fails after the password was checked (no such database,
   * no connection left for the role) counts as accepted.
   */
  async acceptsLogin(
    login: { user: string; password: string; database: string },
    signal: AbortSignal,
  ): Promise<boolean> {
    signal.throwIfAborted();
    const client = new Client({ ...this.#connection, ...login });
    client.on('error', () => undefined);
    try {
      await abortable(client.connect(), signal);
      await abortable(client.query('SELECT 1'), signal);
      return true;
    } catch (error) {
      signal.throwIfAborted();
      const state = sqlState(error);
      if (state?.startsWith('28')) {
        return false;
      }
      if (state && ['3D000', '53300', '42501'].includes(state)) {
        return true;
      }
      throw toBackstageError(error, `log in as role ${login.user}`);
    } finally {
      client.end().catch(() => undefined);
    }
  }

  /**
   * Logs in as another role for one statement, with little patience.
   *
   * @throws what PostgreSQL or the network said; see `loginFault`
   */
  async queryAs<Row extends QueryResultRow>(
    login: { user: string; password: string; database: string },
    text: string,
    signal: AbortSignal,
  ): Promise<Row[]> {
    signal.throwIfAborted();
    const client = new Client({
      ...this.#connection,
      ...login,
      connectionTimeoutMillis: LOOK_MS,
      query_timeout: LOOK_MS,
    });
    client.on('error', ignore);
    try {
      await abortable(client.connect(), signal);
      return (await abortable(client.query<Row>(text), signal)).rows;
    } finally {
      client.end().catch(ignore);
    }
  }

  /** Ends all connections. */
  async close(): Promise<void> {
    await this.#pool.end();
  }

  async #connect(signal: AbortSignal): Promise<PoolClient> {
    signal.throwIfAborted();
    const connecting = this.#pool.connect();
    try {
      const connection = await abortable(connecting, signal);
      // While it is lent the pool does not listen; unheard, the loss of the
      // connection would end the process. The running query rejects by itself.
      connection.on('error', ignore);
      return connection;
    } catch (error) {
      connecting.then(late => late.release(), ignore);
      throw signal.aborted ? signal.reason : toBackstageError(error, 'log in');
    }
  }

  /**
   * Stops the running statement on the server too, so that nothing runs on. A
   * server that does not answer to that is given up after a while.
   */
  #cancelOnAbort(
    connection: PoolClient,
    signal: AbortSignal,
    afterGrace: AbortController,
  ): () => void {
    const pid = 'processID' in connection ? connection.processID : undefined;
    let grace: NodeJS.Timeout | undefined;
    const cancel = () => {
      grace = setTimeout(() => afterGrace.abort(signal.reason), CANCEL_MS);
      this.#pool
        .query('SELECT pg_cancel_backend($1)', [pid])
        .catch(() => undefined);
    };
    signal.addEventListener('abort', cancel, { once: true });
    return () => {
      clearTimeout(grace);
      signal.removeEventListener('abort', cancel);
    };
  }
}

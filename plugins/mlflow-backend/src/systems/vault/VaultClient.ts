import {
  ConflictError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import { z } from 'zod';
import { VaultConfig } from '../../platform/secretsConfig';
import { PlatformFetch } from '../http';
import { isVersionConflict, toBackstageError } from './errors';
import { VaultAnswer, VaultHttp, VaultRequest } from './VaultHttp';
import { VaultLogin } from './VaultLogin';

const customMetadata = z.record(z.string()).nullish();

const dataAnswer = z.object({
  data: z.object({
    data: z.record(z.unknown()).nullish(),
    metadata: z.object({
      version: z.number(),
      custom_metadata: customMetadata,
    }),
  }),
});
const metadataAnswer = z.object({
  data: z.object({
    current_version: z.number(),
    custom_metadata: customMetadata,
  }),
});
const writeAnswer = z.object({ data: z.object({ version: z.number() }) });
const mountAnswer = z.object({
  data: z.object({
    type: z.string(),
    options: z.object({ version: z.string().optional() }).nullish(),
  }),
});

/** What lies at one path. */
export interface VaultEntry {
  /** Of the newest values; 0 before the first. */
  version: number;
  metadata: Record<string, string>;
  /** Absent when there are none, or the newest were deleted. */
  values?: Record<string, string>;
}

/** Rights that the store needs, by path behind the mount. */
const NEEDED = [
  { area: 'data', rights: ['create', 'read', 'update'] },
  { area: 'metadata', rights: ['create', 'read', 'update', 'delete'] },
];

/** Speaks to the KV engine, version 2, of one Vault or OpenBao. */
export class VaultClient {
  readonly #config: VaultConfig;
  readonly #http: VaultHttp;
  readonly #login: VaultLogin;

  /** @param options - `requestMs`: how long an answer may take, in milliseconds */
  constructor(
    config: VaultConfig,
    fetch: PlatformFetch,
    options: { requestMs?: number } = {},
  ) {
    this.#config = config;
    this.#http = new VaultHttp(config, fetch, options);
    this.#login = new VaultLogin(this.#http, config.auth);
  }

  /** The path as people know it, with the mount. */
  name(path: string): string {
    return `${this.#config.mount}/${path}`;
  }

  /** What lies at a path, or undefined. */
  async read(
    path: string,
    signal?: AbortSignal,
  ): Promise<VaultEntry | undefined> {
    const what = `read ${this.name(path)}`;
    const answer = await this.#ask(what, 'GET', 'data', path, { signal });
    const found = dataAnswer.safeParse(answer.body);
    // Values that were deleted come with 404, and say their version.
    if (found.success && (answer.status === 200 || answer.status === 404)) {
      const { data, metadata } = found.data.data;
      return {
        version: metadata.version,
        metadata: metadata.custom_metadata ?? {},
        values: data ? texts(data) : undefined,
      };
    }
    if (!isAbsent(answer)) {
      throw toBackstageError(this.#http.call(what), answer);
    }
    return this.#readMetadata(path, signal);
  }

  /**
   * Writes all values of a path as its next version.
   *
   * @param version - of the values that these follow; 0 when there are none
   * @throws ConflictError when another version was written in between
   */
  async write(
    path: string,
    values: Record<string, string>,
    version: number,
    signal?: AbortSignal,
  ): Promise<void> {
    const what = `write ${this.name(path)}`;
    const answer = await this.#ask(what, 'POST', 'data', path, {
      content: { data: values, options: { cas: version } },
      signal,
    });
    if (isVersionConflict(answer)) {
      throw new ConflictError(
        `Vault: could not ${what}: somebody else wrote it at the same moment. Run it again.`,
      );
    }
    // An engine of version 1 takes it, and names no version.
    if (answer.status !== 200 || !writeAnswer.safeParse(answer.body).success) {
      throw toBackstageError(
        this.#http.call(what),
        answer.status < 300 ? { status: 400, errors: [] } : answer,
      );
    }
  }

  /** Sets the custom metadata of a path; its values stay. */
  async describe(
    path: string,
    metadata: Record<string, string>,
    signal?: AbortSignal,
  ): Promise<void> {
    const what = `write the metadata of ${this.name(path)}`;
    const answer = await this.#ask(what, 'POST', 'metadata', path, {
      content: { custom_metadata: metadata },
      signal,
    });
    this.#assertDone(what, answer);
  }

  /** Deletes metadata and all versions; what is gone already is no error. */
  async destroy(path: string, signal?: AbortSignal): Promise<void> {
    const what = `delete ${this.name(path)}`;
    const answer = await this.#ask(what, 'DELETE', 'metadata', path, {
      signal,
    });
    if (!isAbsent(answer)) {
      this.#assertDone(what, answer);
    }
  }

  /**
   * Proves that Vault is open, lets the portal in, has the engine, and grants
   * what the portal needs below its prefix.
   *
   * @throws with what is missing, and what to do
   */
  async check(signal: AbortSignal): Promise<void> {
    const { mount, prefix } = this.#config;
    await this.#checkMount(signal);
    const below = (area: string) => `${mount}/${area}/${prefix}/check/check`;
    const what = 'read its own rights';
    const answer = await this.#send({
      what,
      method: 'POST',
      path: 'sys/capabilities-self',
      content: { paths: NEEDED.map(({ area }) => below(area)) },
      signal,
    });
    this.#assertDone(what, answer);
    const granted = z.record(z.unknown()).parse(answer.body);
    const missing = NEEDED.flatMap(({ area, rights }) => {
      const has = z.array(z.string()).safeParse(granted[below(area)]).data;
      return rights
        .filter(right => !has?.includes(right) && !has?.includes('root'))
        .map(right => `${right} ${mount}/${area}/${prefix}/*`);
    });
    if (missing.length > 0) {
      throw new NotAllowedError(
        `Vault: the portal may not ${missing.join(
          ', ',
        )}. Run the plugin's setup/vault.sh for this mount and prefix.`,
      );
    }
  }

  /** Gives the token back. */
  close(): Promise<void> {
    return this.#login.close();
  }

  async #checkMount(signal: AbortSignal): Promise<void> {
    const { mount } = this.#config;
    const what = `look at the engine ${mount}/`;
    const answer = await this.#send({
      what,
      method: 'GET',
      path: `sys/internal/ui/mounts/${encode(mount)}`,
      signal,
    });
    // Vault says the same of an engine that is not there and of one that the
    // portal has no right in.
    if (answer.status === 403) {
      throw new NotFoundError(
        `Vault: there is no KV engine at ${mount}/ that the portal may use. Run the plugin's setup/vault.sh, or correct mlflow.platforms.<platform>.secrets.vault.mount.`,
      );
    }
    this.#assertDone(what, answer);
    const { data } = mountAnswer.safeParse(answer.body);
    if (data?.data.type !== 'kv' || data.data.options?.version !== '2') {
      throw new NotFoundError(
        `Vault: ${mount}/ is no KV engine of version 2. Correct mlflow.platforms.<platform>.secrets.vault.mount.`,
      );
    }
  }

  async #readMetadata(
    path: string,
    signal?: AbortSignal,
  ): Promise<VaultEntry | undefined> {
    const what = `read the metadata of ${this.name(path)}`;
    const answer = await this.#ask(what, 'GET', 'metadata', path, { signal });
    if (isAbsent(answer)) {
      return undefined;
    }
    this.#assertDone(what, answer);
    const { data } = metadataAnswer.parse(answer.body);
    return {
      version: data.current_version,
      metadata: data.custom_metadata ?? {},
    };
  }

  #ask(
    what: string,
    method: VaultRequest['method'],
    area: 'data' | 'metadata',
    path: string,
    options: Pick<VaultRequest, 'content' | 'signal'>,
  ): Promise<VaultAnswer> {
    const { mount } = this.#config;
    return this.#send({
      what,
      method,
      path: `${encode(mount)}/${area}/${encode(path)}`,
      ...options,
    });
  }

  /** A revoked token is refused like one without the right: one more login tells. */
  async #send(request: VaultRequest): Promise<VaultAnswer> {
    const { signal } = request;
    const token = await this.#login.token(signal);
    const answer = await this.#http.send({ ...request, token });
    if (answer.status !== 403 || !this.#login.canRepeat) {
      return answer;
    }
    this.#login.forget();
    return this.#http.send({
      ...request,
      token: await this.#login.token(signal),
    });
  }

  #assertDone(what: string, answer: VaultAnswer): void {
    if (answer.status >= 300) {
      throw toBackstageError(this.#http.call(what), answer);
    }
  }
}

/** Nothing lies there; an engine that is missing has a text. */
function isAbsent({ status, errors }: VaultAnswer): boolean {
  return status === 404 && errors.length === 0;
}

function encode(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

/** Numbers and the like come from a hand, not from us. */
function texts(data: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(data).flatMap(([key, value]) =>
      typeof value === 'string' ? [[key, value]] : [],
    ),
  );
}

import { z } from 'zod';
import { createPlatformFetch, PlatformFetch } from '../http';
import { codeOf, StoreError, toBackstageError } from './errors';
import { MadminCipher } from './madmin';
import { AccessKey } from './ObjectStore';
import { PolicyDocument, parsePolicy, ReadPolicy } from './policy';
import { signRequest } from './sigv4';

const REQUEST_MS = 30_000;

const userAnswer = z.object({
  policyName: z.string().optional(),
  status: z.string(),
  memberOf: z.array(z.string()).nullish(),
});

const quotaAnswer = z.object({ quota: z.number() });

const accountAnswer = z.object({
  Buckets: z
    .array(
      z.object({ name: z.string(), size: z.number(), objects: z.number() }),
    )
    .nullish(),
});

/** A user of MinIO. */
export interface MinioUser {
  enabled: boolean;
  /** Names of the policies that it has of its own. */
  policies: string[];
  groups: string[];
}

/** MinIO's admin API v3, as far as buckets need it. */
export class MinioAdmin {
  readonly #endpoint: string;
  readonly #key: AccessKey;
  readonly #region: string;
  readonly #cipher: MadminCipher;
  readonly #requestMs: number;
  readonly #http: { fetch: PlatformFetch; close(): Promise<void> };

  constructor(options: {
    endpoint: string;
    region: string;
    key: AccessKey;
    ca?: string;
    /** How long an answer may take; 30 s when left out. */
    requestMs?: number;
  }) {
    this.#requestMs = options.requestMs ?? REQUEST_MS;
    this.#endpoint = options.endpoint;
    this.#region = options.region;
    this.#key = options.key;
    this.#cipher = new MadminCipher(options.key.secretAccessKey);
    this.#http = createPlatformFetch(options.ca);
  }

  /** The user, or undefined when it does not exist. */
  async readUser(
    user: string,
    signal: AbortSignal,
  ): Promise<MinioUser | undefined> {
    const answer = await this.#read(
      `read user ${user}`,
      'user-info',
      { accessKey: user },
      ['XMinioAdminNoSuchUser'],
      signal,
    );
    if (answer === undefined) {
      return undefined;
    }
    const { status, policyName, memberOf } = userAnswer.parse(answer);
    return {
      enabled: status === 'enabled',
      policies: policyName ? policyName.split(',') : [],
      groups: memberOf ?? [],
    };
  }

  /** Makes a user, or sets the secret of the one there is. */
  async putUser(key: AccessKey, signal: AbortSignal): Promise<void> {
    const body = { secretKey: key.secretAccessKey, status: 'enabled' };
    await this.#send(
      `set user ${key.accessKeyId}`,
      'PUT',
      'add-user',
      { accessKey: key.accessKeyId },
      signal,
      await this.#cipher.encrypt(Buffer.from(JSON.stringify(body))),
    );
  }

  /** Removes a user; what is gone already is no error. */
  async deleteUser(user: string, signal: AbortSignal): Promise<void> {
    await this.#ignoring(['XMinioAdminNoSuchUser'], () =>
      this.#send(
        `delete user ${user}`,
        'DELETE',
        'remove-user',
        { accessKey: user },
        signal,
      ),
    );
  }

  /** The policy and its `ID`, or undefined when it does not exist. */
  async readPolicy(
    name: string,
    signal: AbortSignal,
  ): Promise<ReadPolicy | undefined> {
    const answer = await this.#read(
      `read policy ${name}`,
      'info-canned-policy',
      { name, v: '2' },
      ['XMinioAdminNoSuchPolicy'],
      signal,
    );
    return answer === undefined
      ? undefined
      : parsePolicy(z.object({ Policy: z.unknown() }).parse(answer).Policy) ?? {
          Statement: [],
        };
  }

  /** Makes or replaces a policy. */
  async putPolicy(
    name: string,
    policy: PolicyDocument & { ID: string },
    signal: AbortSignal,
  ): Promise<void> {
    await this.#send(
      `set policy ${name}`,
      'PUT',
      'add-canned-policy',
      { name },
      signal,
      Buffer.from(JSON.stringify(policy)),
    );
  }

  /** Removes a policy; what is gone already is no error. */
  async deletePolicy(name: string, signal: AbortSignal): Promise<void> {
    await this.#ignoring(['XMinioAdminNoSuchPolicy'], () =>
      this.#send(
        `delete policy ${name}`,
        'DELETE',
        'remove-canned-policy',
        { name },
        signal,
      ),
    );
  }

  /** Gives a user this policy in place of all that it had of its own. */
  async setUserPolicy(
    user: string,
    policy: string,
    signal: AbortSignal,
  ): Promise<void> {
    await this.#send(
      `give user ${user} its policy`,
      'PUT',
      'set-user-or-group-policy',
      { policyName: policy, userOrGroup: user, isGroup: 'false' },
      signal,
    );
  }

  /** Most that a bucket may hold, in bytes; undefined without limit. */
  async readQuota(
    bucket: string,
    signal: AbortSignal,
  ): Promise<number | undefined> {
    const answer = await this.#read(
      `read the quota of bucket ${bucket}`,
      'get-bucket-quota',
      { bucket },
      ['NoSuchBucket'],
      signal,
    );
    return answer === undefined
      ? undefined
      : quotaAnswer.parse(answer).quota || undefined;
  }

  /**
   * What a bucket holds, as MinIO's scanner counted last; undefined before its
   * first round. Every account may ask this of the buckets that it reaches.
   */
  async readUsage(
    bucket: string,
    signal: AbortSignal,
  ): Promise<{ bytes: number; objects: number } | undefined> {
    const answer = await this.#read(
      `read the usage of bucket ${bucket}`,
      'accountinfo',
      {},
      [],
      signal,
    );
    const found = accountAnswer
      .parse(answer)
      .Buckets?.find(({ name }) => name === bucket);
    return found && { bytes: found.size, objects: found.objects };
  }

  /** @param bytes - most that the bucket may hold */
  async setQuota(
    bucket: string,
    bytes: number,
    signal: AbortSignal,
  ): Promise<void> {
    await this.#send(
      `set the quota of bucket ${bucket}`,
      'PUT',
      'set-bucket-quota',
      { bucket },
      signal,
      Buffer.from(
        JSON.stringify({ quota: bytes, size: bytes, quotatype: 'hard' }),
      ),
    );
  }

  /** Ends all connections. */
  async close(): Promise<void> {
    await this.#http.close();
  }

  async #read(
    what: string,
    operation: string,
    query: Record<string, string>,
    absent: string[],
    signal: AbortSignal,
  ): Promise<unknown> {
    let text: string | undefined;
    await this.#ignoring(absent, async () => {
      text = await this.#send(what, 'GET', operation, query, signal);
    });
    return text === undefined ? undefined : JSON.parse(text);
  }

  async #ignoring(codes: string[], use: () => Promise<unknown>): Promise<void> {
    try {
      await use();
    } catch (error) {
      if (!codes.includes(codeOf(error) ?? '')) {
        throw error;
      }
    }
  }

  async #send(
    what: string,
    method: string,
    operation: string,
    query: Record<string, string>,
    signal: AbortSignal,
    body = Buffer.alloc(0),
  ): Promise<string> {
    signal.throwIfAborted();
    const url = new URL(`/minio/admin/v3/${operation}`, this.#endpoint);
    url.search = new URLSearchParams(query).toString();
    const headers = signRequest(
      {
        method,
        url,
        // The encrypted calls insist on it, the others do not mind.
        headers: { 'content-type': 'application/octet-stream' },
        body,
      },
      this.#key,
      this.#region,
    );
    try {
      const answer = await this.#http.fetch(url, {
        method,
        headers,
        body: body.length > 0 ? body : undefined,
        signal: AbortSignal.any([signal, AbortSignal.timeout(this.#requestMs)]),
      });
      const text = await answer.text();
      if (!answer.ok) {
        throw new StoreError(errorCode(text), answer.status);
      }
      return text;
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof StoreError && error.status === 404) {
        throw error;
      }
      throw toBackstageError(error, what);
    }
  }
}

function errorCode(text: string): string {
  const [, json, xml] = text.match(/"Code":"([^"]+)"|<Code>([^<]+)/) ?? [];
  return json ?? xml ?? 'unknown answer';
}

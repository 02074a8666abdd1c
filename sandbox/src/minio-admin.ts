import {
  createCipheriv,
  createHash,
  createHmac,
  pbkdf2Sync,
  randomBytes,
} from 'node:crypto';
import { SandboxError } from './errors.ts';
import { http } from './http.ts';
import type { HttpResponse } from './http.ts';

const REGION = 'us-east-1';
const CHUNK = 1 << 14;
const PBKDF2_AES_GCM = 2;

const sha256 = (data: string | Buffer) =>
  createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Buffer, data: string) =>
  createHmac('sha256', key).update(data).digest();

/** Nonce of one chunk: the stream's nonce and the chunk's number. */
function chunkNonce(nonce: Buffer, sequence: number): Buffer {
  const full = Buffer.alloc(12);
  nonce.copy(full);
  full.writeUInt32LE(sequence, 8);
  return full;
}

/**
 * Encrypts as MinIO's admin API wants it: salt, key derivation, nonce, then
 * authenticated chunks of 16 KiB. Of the derivations that the server knows,
 * PBKDF2 is the one that every Node.js has.
 */
export function encryptForMinio(
  password: string,
  plain: Buffer,
  salt: Buffer = randomBytes(32),
  nonce: Buffer = randomBytes(8),
): Buffer {
  const key = pbkdf2Sync(password, salt, 8192, 32, 'sha256');
  const seal = (sequence: number, data: Buffer, associated?: Buffer) => {
    const cipher = createCipheriv(
      'aes-256-gcm',
      key,
      chunkNonce(nonce, sequence),
    );
    if (associated) cipher.setAAD(associated);
    return Buffer.concat([
      cipher.update(data),
      cipher.final(),
      cipher.getAuthTag(),
    ]);
  };
  const header = seal(0, Buffer.alloc(0));
  const out = [salt, Buffer.from([PBKDF2_AES_GCM]), nonce];
  for (
    let offset = 0, sequence = 1;
    offset === 0 || offset < plain.length;
    offset += CHUNK, sequence++
  ) {
    const last = offset + CHUNK >= plain.length;
    const flag = Buffer.from([last ? 0x80 : 0]);
    out.push(
      seal(
        sequence,
        plain.subarray(offset, offset + CHUNK),
        Buffer.concat([flag, header]),
      ),
    );
  }
  return Buffer.concat(out);
}

const encode = (text: string) =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    c => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** MinIO's admin API, as far as the sandbox needs it to make the provisioner. */
export class MinioAdmin {
  readonly #endpoint: string;
  readonly #accessKey: string;
  readonly #secretKey: string;

  constructor(endpoint: string, accessKey: string, secretKey: string) {
    this.#endpoint = endpoint;
    this.#accessKey = accessKey;
    this.#secretKey = secretKey;
  }

  async #send(
    method: string,
    operation: string,
    query: Record<string, string>,
    body: Buffer,
  ): Promise<HttpResponse> {
    const path = `/minio/admin/v3/${operation}`;
    const date = new Date().toISOString().replace(/[-:]|\.\d{3}/g, '');
    const day = date.slice(0, 8);
    const search = Object.keys(query)
      .sort()
      .map(k => `${encode(k)}=${encode(query[k])}`)
      .join('&');
    const headers: Record<string, string> = {
      'content-type': 'application/octet-stream',
      host: new URL(this.#endpoint).host,
      'x-amz-content-sha256': sha256(body),
      'x-amz-date': date,
    };
    const names = Object.keys(headers).sort();
    const signed = names.join(';');
    const canonical = [
      method,
      path,
      search,
      ...names.map(name => `${name}:${headers[name]}`),
      '',
      signed,
      sha256(body),
    ].join('\n');
    const scope = `${day}/${REGION}/s3/aws4_request`;
    const dayKey = hmac(`AWS4${this.#secretKey}`, day);
    const key = [REGION, 's3', 'aws4_request'].reduce<Buffer>(hmac, dayKey);
    const signature = createHmac('sha256', key)
      .update(['AWS4-HMAC-SHA256', date, scope, sha256(canonical)].join('\n'))
      .digest('hex');
    const authorization = `AWS4-HMAC-SHA256 Credential=${
      this.#accessKey
    }/${scope}, SignedHeaders=${signed}, Signature=${signature}`;
    const url = `${this.#endpoint}${path}${search ? `?${search}` : ''}`;
    return http({ method, url, headers: { ...headers, authorization }, body });
  }

  async #call(
    method: string,
    operation: string,
    query: Record<string, string>,
    body: Buffer,
    accepted = '',
  ) {
    const { status, body: answer } = await this.#send(
      method,
      operation,
      query,
      body,
    );
    const code = /"Code":"([^"]+)"|<Code>([^<]+)/.exec(answer.toString());
    const name = code?.[1] ?? code?.[2] ?? '';
    if (status >= 300 && (!accepted || name !== accepted)) {
      throw new SandboxError(
        `MinIO: ${method} ${operation} answered ${status} ${name}`,
      );
    }
  }

  #seal(content: unknown): Buffer {
    return encryptForMinio(
      this.#secretKey,
      Buffer.from(JSON.stringify(content)),
    );
  }

  /** Whether users and policies can be written: the server is ready before its own store of them is. */
  async isInitialised(): Promise<boolean> {
    const { status } = await this.#send(
      'GET',
      'list-users',
      {},
      Buffer.alloc(0),
    );
    return status === 200;
  }

  putPolicy(name: string, document: unknown) {
    return this.#call(
      'PUT',
      'add-canned-policy',
      { name },
      Buffer.from(JSON.stringify(document)),
    );
  }

  putUser(accessKey: string, secretKey: string) {
    return this.#call(
      'PUT',
      'add-user',
      { accessKey },
      this.#seal({ secretKey, status: 'enabled' }),
    );
  }

  attachPolicy(user: string, policy: string) {
    const content = this.#seal({ policies: [policy], user });
    return this.#call(
      'POST',
      'idp/builtin/policy/attach',
      {},
      content,
      'XMinioAdminPolicyChangeAlreadyApplied',
    );
  }
}

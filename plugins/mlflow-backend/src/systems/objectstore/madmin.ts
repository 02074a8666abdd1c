import crypto, { createCipheriv, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { argon2id } from 'hash-wasm';

const CHUNK = 16 * 1024;

/**
 * The encryption of MinIO's admin API (madmin): salt (32 bytes), a byte 0 for
 * argon2id + AES-256-GCM, nonce (8), then chunks of 16 KiB, each sealed with a
 * counter. Bodies that hold secrets are sent like this even over TLS.
 */
export class MadminCipher {
  readonly #salt = randomBytes(32);
  readonly #password: string;
  #key?: Promise<Buffer>;

  /** @param password - secret key of the user who sends */
  constructor(password: string) {
    this.#password = password;
  }

  /** Encrypts one body. */
  async encrypt(plain: Buffer): Promise<Buffer> {
    // Deriving takes 64 MiB and half a second: one salt serves all messages.
    this.#key ??= deriveKey(this.#password, this.#salt);
    const key = await this.#key;
    const nonce = randomBytes(8);
    const seal = (counter: number, data: Buffer, aad?: Buffer) => {
      const cipher = createCipheriv(
        'aes-256-gcm',
        key,
        chunkNonce(nonce, counter),
      );
      if (aad) {
        cipher.setAAD(aad);
      }
      return Buffer.concat([
        cipher.update(data),
        cipher.final(),
        cipher.getAuthTag(),
      ]);
    };
    const tag = seal(0, Buffer.alloc(0));
    const chunks = [];
    const count = Math.max(1, Math.ceil(plain.length / CHUNK));
    for (let i = 0; i < count; i++) {
      const flag = i === count - 1 ? 0x80 : 0;
      chunks.push(
        seal(
          i + 1,
          plain.subarray(i * CHUNK, (i + 1) * CHUNK),
          Buffer.concat([Buffer.from([flag]), tag]),
        ),
      );
    }
    return Buffer.concat([this.#salt, Buffer.from([0]), nonce, ...chunks]);
  }
}

/** Node.js 24 derives off the main thread; older ones need the library. */
async function deriveKey(password: string, salt: Buffer): Promise<Buffer> {
  if ('argon2' in crypto) {
    return promisify(crypto.argon2)('argon2id', {
      message: Buffer.from(password),
      nonce: salt,
      parallelism: 4,
      tagLength: 32,
      memory: 64 * 1024,
      passes: 1,
    });
  }
  return Buffer.from(
    await argon2id({
      password,
      salt,
      iterations: 1,
      memorySize: 64 * 1024,
      parallelism: 4,
      hashLength: 32,
      outputType: 'binary',
    }),
  );
}

function chunkNonce(nonce: Buffer, counter: number): Buffer {
  const full = Buffer.alloc(12);
  nonce.copy(full);
  full.writeUInt32LE(counter, 8);
  return full;
}

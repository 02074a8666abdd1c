import { createCipheriv, createDecipheriv } from 'node:crypto';
import { argon2id } from 'hash-wasm';
import { MadminCipher } from './madmin';

const PASSWORD = 'a-secret-of-a-provisioner';
const CHUNK = 16 * 1024;

/** What MinIO does with a body, written after its documentation. */
async function decrypt(message: Buffer): Promise<Buffer> {
  const key = await argon2id({
    password: PASSWORD,
    salt: message.subarray(0, 32),
    iterations: 1,
    memorySize: 64 * 1024,
    parallelism: 4,
    hashLength: 32,
    outputType: 'binary',
  });
  const nonce = (counter: number) => {
    const suffix = Buffer.alloc(4);
    suffix.writeUInt32LE(counter);
    return Buffer.concat([message.subarray(33, 41), suffix]);
  };
  const body = message.subarray(41);
  const ofNothing = createCipheriv('aes-256-gcm', key, nonce(0));
  ofNothing.final();
  const chunks: Buffer[] = [];
  for (let at = 0, counter = 1; at < body.length; counter++) {
    const chunk = body.subarray(at, at + CHUNK + 16);
    at += CHUNK + 16;
    const flag = Buffer.from([at >= body.length ? 0x80 : 0]);
    const decipher = createDecipheriv('aes-256-gcm', key, nonce(counter));
    decipher.setAAD(Buffer.concat([flag, ofNothing.getAuthTag()]));
    decipher.setAuthTag(chunk.subarray(-16));
    chunks.push(decipher.update(chunk.subarray(0, -16)), decipher.final());
  }
  return Buffer.concat(chunks);
}

describe('MadminCipher', () => {
  const cipher = new MadminCipher(PASSWORD);

  it.each([
    ['a short body', Buffer.from('{"secretKey":"x"}')],
    ['a body of several chunks', Buffer.alloc(3 * CHUNK + 5, 'abc')],
  ])(
    'hides %s from all but the holder of the password',
    async (_case, plain) => {
      const sealed = await cipher.encrypt(plain);

      expect(sealed.includes(plain.subarray(0, 16))).toBe(false);
      expect(await decrypt(sealed)).toEqual(plain);
    },
  );

  it('never sends the same bytes twice', async () => {
    const plain = Buffer.from('the same');

    expect(await cipher.encrypt(plain)).not.toEqual(
      await cipher.encrypt(plain),
    );
  });
});

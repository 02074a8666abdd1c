import { fernetKey, randomSecret } from './generate';

describe('fernetKey', () => {
  it('is 32 bytes in URL-safe base64 with padding, as Python wants it', () => {
    const key = fernetKey();

    expect(key).toMatch(/^[A-Za-z0-9_-]{43}=$/);
    expect(Buffer.from(key, 'base64url')).toHaveLength(32);
  });
});

describe('randomSecret', () => {
  it('needs no escaping anywhere and is never the same', () => {
    expect(randomSecret()).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(randomSecret()).not.toBe(randomSecret());
  });
});

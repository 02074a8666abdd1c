import { secretsDigest } from './secretsDigest';

const KEY = 'of-the-instance';
const secrets = {
  database: { username: 'u', password: 'p' },
  oidc: { SECRET_KEY: KEY, OIDC_CLIENT_SECRET: 's' },
};

describe('secretsDigest', () => {
  it('is the same for the same values, in whatever order they come', () => {
    expect(
      secretsDigest(
        {
          oidc: { OIDC_CLIENT_SECRET: 's', SECRET_KEY: KEY },
          database: { password: 'p', username: 'u' },
        },
        KEY,
      ),
    ).toBe(secretsDigest(secrets, KEY));
  });

  it.each([
    [{ ...secrets, database: { username: 'u', password: 'other' } }],
    [{ ...secrets, database: { username: 'up', password: '' } }],
    [{ ...secrets, database: { username: 'u' } }],
    [{ ...secrets, objectStore: { AWS_ACCESS_KEY_ID: 'a' } }],
    [{ oidc: secrets.oidc }],
  ])('is another for %j', changed => {
    expect(secretsDigest(changed, KEY)).not.toBe(secretsDigest(secrets, KEY));
  });

  it('cannot be tried out without the key of the instance', () => {
    expect(secretsDigest(secrets, 'another key')).not.toBe(
      secretsDigest(secrets, KEY),
    );
  });

  it('says that there are no secrets yet', () => {
    expect(secretsDigest({ database: undefined }, undefined)).toBe('none');
  });
});

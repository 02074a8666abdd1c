import { ConfigReader } from '@backstage/config';
import { JsonObject } from '@backstage/types';
import { readPlatformConfigs } from './config';

const AUTH = { method: 'approle', roleId: 'r', secretId: 'hidden' };
const ADDRESS = 'https://vault.example.com';

function read(secrets?: JsonObject) {
  const url = 'https://x.example.com';
  const [result] = readPlatformConfigs(
    new ConfigReader({
      mlflow: {
        platforms: {
          lab: {
            domains: ['example.com'],
            kubernetes: { inCluster: true },
            image: {},
            postgres: { host: 'db', user: 'u', password: 'p' },
            objectStore: {
              endpoint: url,
              accessKeyId: 'a',
              secretAccessKey: 's',
            },
            keycloak: { url, realm: 'r', clientId: 'c', clientSecret: 's' },
            ...(secrets && { secrets }),
          },
        },
      },
    }),
  );
  return 'error' in result ? result.error.message : result.config.secrets;
}

describe('mlflow.platforms.<name>.secrets', () => {
  it('is Kubernetes unless it says otherwise', () => {
    expect(read()).toEqual({ provider: 'kubernetes' });
  });

  it('takes an address and a login to Vault, and the names of the set-up file', () => {
    expect(
      read({ provider: 'vault', vault: { address: ADDRESS, auth: AUTH } }),
    ).toEqual({
      provider: 'vault',
      vault: {
        address: ADDRESS,
        mount: 'secret',
        prefix: 'mlflow',
        auth: { ...AUTH, mount: 'approle' },
        externalSecrets: {
          mount: 'kubernetes',
          role: 'mlflow',
          audience: 'vault',
          refreshInterval: '1h',
        },
      },
    });
  });

  it('may describe Vault before the provider is changed', () => {
    expect(
      read({ provider: 'kubernetes', vault: { address: ADDRESS, auth: AUTH } }),
    ).toMatchObject({ provider: 'kubernetes', vault: { address: ADDRESS } });
  });

  it.each<[string, JsonObject, RegExp]>([
    ['no Vault', { provider: 'vault' }, /lab\.secrets\.vault: Required/],
    ['another provider', { provider: 'aws' }, /lab\.secrets\.provider/],
    [
      'no login',
      { provider: 'vault', vault: { address: ADDRESS } },
      /lab\.secrets\.vault\.auth/,
    ],
    [
      'half a login',
      {
        provider: 'vault',
        vault: {
          address: ADDRESS,
          auth: { method: 'approle', secretId: 'hidden' },
        },
      },
      /lab\.secrets\.vault\.auth\.roleId: Required/,
    ],
    [
      'a prefix with slashes at its ends',
      {
        provider: 'vault',
        vault: { address: ADDRESS, auth: AUTH, prefix: '/mlflow/' },
      },
      /lab\.secrets\.vault\.prefix/,
    ],
  ])('names the key and no value: %s', (_, secrets, reason) => {
    const said = read(secrets);
    expect(said).toMatch(reason);
    expect(said).not.toContain('hidden');
  });
});

import { InputError, ServiceUnavailableError } from '@backstage/errors';
import { PlatformConfig } from '../../platform/config';
import { sandboxPlatformConfig } from '../../__testUtils__/sandbox';
import { createPlatformFetch } from '../http';
import { RegistryClient } from './RegistryClient';

describe('RegistryClient on a real registry', () => {
  const config = sandboxPlatformConfig();
  const http = createPlatformFetch(config.ca);
  afterAll(() => http.close());

  const client = (image: Partial<PlatformConfig['image']> = {}) =>
    RegistryClient.fromConfig(
      { ...config, image: { ...config.image, ...image } },
      http.fetch,
    );

  it('finds nothing where there is nothing', async () => {
    const absent = `sha256:${'0'.repeat(64)}`;
    expect(await client().digestOf('no-such-tag')).toBeUndefined();
    expect(await client().exists(absent)).toBe(false);
  });

  it('says that a registry does not answer', async () => {
    const failed = client({ registry: 'http://127.0.0.1:1' }).digestOf('x');
    await expect(failed).rejects.toThrow(ServiceUnavailableError);
    await expect(failed).rejects.toThrow(
      /http:\/\/127\.0\.0\.1:1 cannot be reached; check image\.registry/,
    );
  });

  it('says that an address is no registry API', async () => {
    const page = `${config.objectStore.endpoint}/minio/health/live?`;
    await expect(client({ registry: page }).digestOf('x')).rejects.toThrow(
      ServiceUnavailableError,
    );
  });

  it('ends with the reason of the abort', async () => {
    const signal = AbortSignal.abort(new Error('cancelled by a person'));
    await expect(client().digestOf('x', signal)).rejects.toThrow(
      'cancelled by a person',
    );
  });

  it('says which settings are missing, when it is used', async () => {
    const unnamed = client({ push: undefined });
    await expect(unnamed.digestOf('x')).rejects.toThrow(InputError);
  });
});

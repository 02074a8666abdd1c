import { BadDayProxy, Day } from '../../__testUtils__/BadDayProxy';
import { saysItShortly } from '../../__testUtils__/hostileText';
import { sandboxPlatformConfig } from '../../__testUtils__/sandbox';
import { createPlatformFetch } from '../http';
import { RegistryClient } from './RegistryClient';

const config = sandboxPlatformConfig();
const http = createPlatformFetch(config.ca);
const clientAt = (registry: string, fetch = http.fetch) =>
  RegistryClient.fromConfig(
    { ...config, image: { ...config.image, registry } },
    fetch,
  );

afterAll(() => http.close());

const DAYS: [string, Day, string, RegExp][] = [
  [
    'failing',
    { status: 500 },
    'ServiceUnavailableError',
    /answered 500 .*look into its log/,
  ],
  [
    'overloaded',
    { status: 503 },
    'ServiceUnavailableError',
    /answered 503 .*look into its log/,
  ],
  [
    'refusing the user',
    { status: 401 },
    'NotAllowedError',
    /refuses to show .*check image.username and image.password/,
  ],
];

it.each(DAYS)(
  'a registry, %s, is named with the remedy, and works again',
  async (_, day, kind, sentence) => {
    const proxy = await BadDayProxy.listen(config.image.registry ?? '');
    const client = clientAt(proxy.url);
    proxy.day = day;
    const error: unknown = await client.digestOf('no-such-tag').catch(e => e);

    expect(error).toMatchObject({
      name: kind,
      message: expect.stringMatching(sentence),
    });
    expect(saysItShortly(error)).toBe(true);

    proxy.day = 'good';
    expect(await client.digestOf('no-such-tag')).toBeUndefined();
    await proxy.close();
  },
);

it('with a certificate of another CA says where the CA belongs', async () => {
  const stranger = createPlatformFetch();
  // Keycloak's own address: https, and signed by the sandbox's CA.
  const client = clientAt(config.keycloak.url, stranger.fetch);

  await expect(client.digestOf('x')).rejects.toMatchObject({
    name: 'ServiceUnavailableError',
    message: expect.stringMatching(
      /its certificate is not trusted .*mlflow.platforms.<platform>.ca/,
    ),
  });
  await stranger.close();
});

import { BadDayProxy, Day } from '../../__testUtils__/BadDayProxy';
import { saysItShortly } from '../../__testUtils__/hostileText';
import { sandboxPlatformConfig } from '../../__testUtils__/sandbox';
import { createPlatformFetch } from '../http';
import { findClient } from './clients';
import { KeycloakClient } from './KeycloakClient';

const config = sandboxPlatformConfig();
const signal = AbortSignal.timeout(60_000);
const http = createPlatformFetch(config.ca);

let proxy: BadDayProxy;
let client: KeycloakClient;

const find = () => findClient(client, 'account', signal);

beforeEach(async () => {
  proxy = await BadDayProxy.listen(config.keycloak.url, {
    ca: config.ca,
    headers: { host: new URL(config.keycloak.url).host },
  });
  client = new KeycloakClient(
    { ca: config.ca, keycloak: { ...config.keycloak, url: proxy.url } },
    http.fetch,
    { requestMs: 4_000 },
  );
});

afterEach(async () => {
  await client.close();
  await proxy.close();
});

afterAll(() => http.close());

const DAYS: [string, Day, RegExp][] = [
  [
    'silent',
    'silent',
    /no answer .*Check .*keycloak.url and that Keycloak is up/,
  ],
  [
    'cut off',
    'cut',
    /no answer .*Check .*keycloak.url and that Keycloak is up/,
  ],
  ['failing', { status: 500 }, /answered (with )?500\b.*log/],
  ['overloaded', { status: 503 }, /answered (with )?503\b.*log/],
];

describe.each(DAYS)('Keycloak, %s', (_, day, sentence) => {
  it.each([
    ['at the login', false],
    ['after the login', true],
  ])('%s, is named with the remedy, and works again', async (__, loggedIn) => {
    if (loggedIn) {
      await find();
    }
    proxy.day = day;
    const started = Date.now();
    const error: unknown = await find().catch(e => e);

    expect(error).toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringMatching(/^Keycloak: .*/),
    });
    expect(String(error)).toMatch(sentence);
    expect(String(error)).not.toContain('s3cr3t');
    expect(saysItShortly(error)).toBe(true);
    expect(Date.now() - started).toBeLessThan(20_000);

    proxy.day = 'good';
    expect(await find()).toBeDefined();
  });
});

it('with a certificate of another CA says where the CA belongs', async () => {
  const stranger = createPlatformFetch();
  const untrusting = new KeycloakClient(
    { keycloak: config.keycloak },
    stranger.fetch,
  );

  await expect(findClient(untrusting, 'account', signal)).rejects.toMatchObject(
    {
      name: 'ServiceUnavailableError',
      message: expect.stringMatching(
        /its certificate is not trusted .*mlflow.platforms.<platform>.ca/,
      ),
    },
  );
  await untrusting.close();
  await stranger.close();
});

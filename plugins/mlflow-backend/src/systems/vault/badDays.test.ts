import { BadDayProxy, Day } from '../../__testUtils__/BadDayProxy';
import { saysItShortly } from '../../__testUtils__/hostileText';
import { vaultPlatformConfig } from '../../__testUtils__/vault';
import { createPlatformFetch } from '../http';
import { VaultClient } from './VaultClient';

jest.setTimeout(60_000);

const { ca, secrets } = vaultPlatformConfig();
const http = createPlatformFetch(ca);
const described = secrets.vault;
if (!described) {
  throw new Error('This suite is about Vault.');
}

let proxy: BadDayProxy;
let client: VaultClient;

const read = () => client.read('mlflow/mlflow-t-bad-days/nothing');

beforeEach(async () => {
  proxy = await BadDayProxy.listen(described.address, { ca });
  client = new VaultClient({ ...described, address: proxy.url }, http.fetch, {
    requestMs: 2_000,
  });
});

afterEach(async () => {
  await client.close();
  await proxy.close();
});

afterAll(() => http.close());

const DAYS: [string, Day, RegExp][] = [
  ['silent', 'silent', /no answer from .*\. Check .* and that Vault is up\./],
  ['cut off', 'cut', /no answer from .*\. Check .* and that Vault is up\./],
  ['failing', { status: 500 }, /answered 500\. Look at Vault's log/],
  ['overloaded', { status: 503 }, /has no active server\. Look at Vault's/],
];

describe.each(DAYS)('Vault, %s', (_, day, sentence) => {
  it.each([
    ['at the login', false],
    ['after the login', true],
  ])('%s, is named with the remedy, and works again', async (__, loggedIn) => {
    if (loggedIn) {
      await read();
    }
    proxy.day = day;
    const error: unknown = await read().catch(e => e);

    expect(error).toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringMatching(/^Vault: .*/),
    });
    expect(String(error)).toMatch(sentence);
    expect(String(error)).not.toContain('s3cr3t');
    expect(saysItShortly(error)).toBe(true);

    proxy.day = 'good';
    expect(await read()).toBeUndefined();
  });
});

it('with a certificate of another CA says where the CA belongs', async () => {
  const stranger = createPlatformFetch();
  const wary = new VaultClient(described, stranger.fetch);
  await expect(wary.read('mlflow/x/y')).rejects.toThrow(
    /^Vault: could not log in: the certificate of https:.* is not trusted \(.*\)\. Put its CA into mlflow.platforms.<platform>.ca/,
  );
  await stranger.close();
});

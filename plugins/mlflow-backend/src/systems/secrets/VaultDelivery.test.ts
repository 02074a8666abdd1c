import { RequestListener } from 'node:http';
import { fakeApiServer } from '../../__testUtils__/apiServer';
import { testInstance } from '../../__testUtils__/instance';
import { testVaultConfig } from '../../__testUtils__/platformConfig';
import { VaultDelivery } from './VaultDelivery';

const MISSING =
  'Kubernetes: the kinds of External Secrets (external-secrets.io/v1) are not there. Install External Secrets 0.16 or later, then run it again.';

/** A cluster that knows of no kind but the core's; the real one has External Secrets. */
const withoutKinds: RequestListener = (request, response) => {
  const isAccount = request.url?.includes('/serviceaccounts/');
  response.statusCode = isAccount ? 200 : 404;
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ kind: 'Status', message: 'not found' }));
};

let server: Awaited<ReturnType<typeof fakeApiServer>>;

beforeAll(async () => {
  server = await fakeApiServer(withoutKinds);
});

afterAll(() => server.close());

describe('in a cluster without External Secrets', () => {
  const delivery = () =>
    new VaultDelivery(server.kubernetes, testVaultConfig());

  it('the check says what to install', async () => {
    await expect(
      delivery().check('backstage-mlflow', AbortSignal.timeout(5_000)),
    ).rejects.toMatchObject({
      name: 'NotFoundError',
      message: expect.stringContaining(MISSING),
    });
  });

  it('so does a step, at once', async () => {
    await expect(
      delivery().deliver(testInstance(), {
        name: 'shared',
        path: 'mlflow/x/shared',
        values: { one: '1' },
      }),
    ).rejects.toThrow(MISSING);
  });
});

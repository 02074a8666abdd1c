import { once } from 'node:events';
import { IncomingMessage, RequestListener } from 'node:http';
import { fakeApiServer } from '../../__testUtils__/apiServer';
import { KubernetesClient } from './KubernetesClient';

const KEY = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  name: 'x',
  namespace: 'y',
};
const PATH = '/api/v1/namespaces/y/configmaps';

describe('KubernetesClient, when the API server', () => {
  let close: () => Promise<void>;
  const asked: IncomingMessage[] = [];

  async function clientOf(
    answer: RequestListener,
    timeoutMs?: number,
  ): Promise<KubernetesClient> {
    const server = await fakeApiServer(
      (request, response) => {
        asked.push(request);
        answer(request, response);
      },
      { timeoutMs },
    );
    close = server.close;
    return server.kubernetes;
  }

  beforeEach(() => {
    asked.length = 0;
  });

  afterEach(async () => {
    await close();
  });

  const silent: RequestListener = () => undefined;

  it('is silent, gives a call up after its time', async () => {
    const kubernetes = await clientOf(silent, 200);

    await expect(kubernetes.get(KEY)).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringContaining(
        'could not read ConfigMap y/x: the API server did not answer (no answer within 0.2 s)',
      ),
    });
  });

  it('is silent, ends the request itself when the caller stops', async () => {
    const kubernetes = await clientOf(silent);
    const abort = new AbortController();
    const call = kubernetes.list(KEY, abort.signal);
    call.catch(() => undefined);
    while (asked.length === 0) {
      await new Promise(setImmediate);
    }
    const closed = once(asked[0].socket, 'close');

    abort.abort(new Error('cancelled'));

    await expect(call).rejects.toThrow('cancelled');
    await closed;
  });

  it('is silent, ends a watch when the caller stops', async () => {
    const kubernetes = await clientOf(silent);

    await expect(
      kubernetes.watch(PATH, {}, () => {}, AbortSignal.timeout(200)),
    ).resolves.toBeUndefined();
  });

  it('refuses a watch, names the RBAC file', async () => {
    const kubernetes = await clientOf((_, response) => {
      response.statusCode = 403;
      response.end();
    });

    await expect(
      kubernetes.watch(PATH, {}, () => {}, AbortSignal.timeout(5_000)),
    ).rejects.toMatchObject({
      name: 'NotAllowedError',
      message: expect.stringMatching(/may not watch .*RBAC file/),
    });
  });

  it('ends many watches, leaves nothing at the signal', async () => {
    const kubernetes = await clientOf((_, response) => response.end());
    const { signal } = new AbortController();
    const added = jest.spyOn(signal, 'addEventListener');
    const removed = jest.spyOn(signal, 'removeEventListener');

    await kubernetes.watch(PATH, {}, () => {}, signal);

    const listenersOf = (calls: unknown[][]) => calls.map(call => call[1]);
    expect(listenersOf(removed.mock.calls)).toEqual(
      listenersOf(added.mock.calls),
    );
    expect(added).toHaveBeenCalledTimes(1);
  });
});

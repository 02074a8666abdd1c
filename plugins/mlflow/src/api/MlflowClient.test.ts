import { MlflowClient } from './MlflowClient';

type Answer = Response | Error;

function clientOf(...answers: Answer[]) {
  const asked: string[] = [];
  const client = new MlflowClient({
    fetchApi: {
      async fetch(input) {
        asked.push(String(input));
        const answer = answers.shift();
        if (!(answer instanceof Response)) {
          throw answer;
        }
        return answer;
      },
    },
  });
  return { client, asked };
}

const json = (body: unknown, status = 200) =>
  new Response(JSON.stringify(body), { status });

const DEMO = 'component:default/x';
const OF_DEMO = 'entity/default/component/x';

describe('MlflowClient', () => {
  it.each<[string, (client: MlflowClient) => Promise<unknown>, string]>([
    ['platforms', c => c.getPlatforms(), 'platforms'],
    ['a name', c => c.checkName('p', 'a'), 'platforms/p/names/a'],
    ['a host', c => c.checkHost('p', 'a.b'), 'platforms/p/hosts/a.b'],
    [
      'a host of a name',
      c => c.checkHost('p', 'a.b', 'a&b'),
      'platforms/p/hosts/a.b?name=a%26b',
    ],
    ['owners', c => c.getOwners(), 'owners'],
    ['a status', c => c.getStatus(DEMO), `${OF_DEMO}/status`],
    ['the workload', c => c.getWorkload(DEMO), `${OF_DEMO}/workload`],
    ['the events', c => c.getEvents(DEMO), `${OF_DEMO}/events`],
    ['the holdings', c => c.getHoldings(DEMO), `${OF_DEMO}/holdings`],
    ['the history', c => c.getHistory(DEMO), `${OF_DEMO}/history`],
    ['the drift', c => c.getDrift(DEMO), `${OF_DEMO}/drift`],
    ['the audit', c => c.getAudit(DEMO), `${OF_DEMO}/audit`],
    ['the metrics', c => c.getMetrics(DEMO), `${OF_DEMO}/metrics`],
    [
      'a log, as far as something is asked of it',
      c =>
        c.getLogs(DEMO, {
          pod: 'a&b',
          container: undefined,
          previous: false,
          lines: 10,
        }),
      `${OF_DEMO}/logs?pod=a%26b&previous=false&lines=10`,
    ],
    ['a check', c => c.checkInstance(DEMO, 20), `${OF_DEMO}/check?maxAge=20`],
    [
      'a check that is new',
      c => c.checkInstance(DEMO),
      `${OF_DEMO}/check?maxAge=0`,
    ],
    [
      'the login of somebody',
      c => c.checkLogin(DEMO, 'member'),
      `${OF_DEMO}/login-check`,
    ],
    [
      'a name with a slash, kept in its place',
      c => c.checkName('p', '../owners'),
      'platforms/p/names/..%2Fowners',
    ],
  ])('asks for %s', async (_title, ask, resource) => {
    const { client, asked } = clientOf(json({ it: 'is' }));
    await expect(ask(client)).resolves.toEqual({ it: 'is' });
    expect(asked).toEqual([`plugin://mlflow/v1/${resource}`]);
  });

  it('unpacks the list of instances', async () => {
    const { client, asked } = clientOf(json({ items: [{ name: 'x' }] }));
    await expect(client.getInstances()).resolves.toEqual([{ name: 'x' }]);
    expect(asked).toEqual(['plugin://mlflow/v1/instances']);
  });

  it.each([
    [400, 'InputError'],
    [401, 'AuthenticationError'],
    [403, 'NotAllowedError'],
    [404, 'NotFoundError'],
    [500, 'ServiceUnavailableError'],
    [503, 'ServiceUnavailableError'],
  ])('turns %d into %s that names the object', async (status, name) => {
    const { client } = clientOf(
      new Response('<b>proxy says no</b>', { status }),
    );
    const error = await client
      .getStatus('component:default/x')
      .catch((e: Error) => e);
    expect(error).toMatchObject({
      name,
      message: expect.stringContaining('component:default/x'),
    });
    expect(String(error)).not.toContain('proxy says no');
  });

  describe('asks for a plan', () => {
    const input = { platform: 'p', name: 'a', owner: 'group:default/x' };

    it('by the answers of the form', async () => {
      const bodies: unknown[] = [];
      const client = new MlflowClient({
        fetchApi: {
          async fetch(_input, init) {
            bodies.push(init?.method, init?.body);
            return json({ digest: 'd' });
          },
        },
      });
      await expect(client.getPlan(input)).resolves.toEqual({ digest: 'd' });
      expect(bodies).toEqual(['POST', JSON.stringify(input)]);
    });

    it.each([
      [400, 'InputError'],
      [403, 'NotAllowedError'],
    ])('and gives the reason of a %d', async (status, name) => {
      const { client } = clientOf(
        json({ error: { name, message: 'One sentence.' } }, status),
      );
      await expect(client.getPlan(input)).rejects.toMatchObject({
        name,
        message: 'One sentence.',
      });
    });

    it.each<[number, string, string]>([
      [400, '<b>proxy says no</b>', 'InputError'],
      [
        403,
        '{"error":{"name":"Forbidden","message":"proxy"}}',
        'NotAllowedError',
      ],
      [
        500,
        '{"error":{"name":"InputError","message":"x"}}',
        'ServiceUnavailableError',
      ],
    ])('and believes no other body of a %d', async (status, body, name) => {
      const { client } = clientOf(new Response(body, { status }));
      await expect(client.getPlan(input)).rejects.toMatchObject({
        name,
        message: expect.stringContaining('a plan of "a"'),
      });
    });
  });

  it('says so when nothing answers or something else does', async () => {
    const { client } = clientOf(
      new TypeError('Failed to fetch'),
      new Response('<html>sign in</html>'),
    );
    await expect(client.getOwners()).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringContaining("can't be reached"),
      cause: expect.objectContaining({ message: 'Failed to fetch' }),
    });
    await expect(client.getOwners()).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringContaining('between the browser and'),
    });
  });

  it('shares a request under way, and asks anew afterwards', async () => {
    const { client, asked } = clientOf(json([1]), json([2]));
    const [a, b] = await Promise.all([
      client.getPlatforms(),
      client.getPlatforms(),
    ]);
    expect(a).toBe(b);
    expect(asked).toHaveLength(1);
    await expect(client.getPlatforms()).resolves.toEqual([2]);
    expect(asked).toHaveLength(2);
  });
});

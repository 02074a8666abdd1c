import { randomBytes } from 'node:crypto';
import { actionsFor, OWNER, runAction } from '../__testUtils__/actions';
import { BadDayProxy, Day } from '../__testUtils__/BadDayProxy';
import { sandboxPlatformConfig } from '../__testUtils__/sandbox';

jest.setTimeout(120_000);

const name = `t-${randomBytes(4).toString('hex')}`;
const config = sandboxPlatformConfig();
const instance = `${config.name}/${name}`;

type System = 'Keycloak' | 'Object store';
let proxies: Record<System, BadDayProxy>;
let portal: ReturnType<typeof actionsFor>;

const run = (id: string) => {
  const action = portal.actions.get(id);
  if (!action) {
    throw new Error(`There is no action ${id}.`);
  }
  return runAction(
    action,
    id === 'mlflow:instance:claim'
      ? { platform: config.name, name, owner: OWNER }
      : { instance },
  );
};

const recorded = async () =>
  (await portal.platforms.get(config.name).records.require(name)).run;

beforeAll(async () => {
  proxies = {
    Keycloak: await BadDayProxy.listen(config.keycloak.url, {
      ca: config.ca,
      headers: { host: new URL(config.keycloak.url).host },
    }),
    'Object store': await BadDayProxy.listen(config.objectStore.endpoint),
  };
  portal = actionsFor({
    ...config,
    keycloak: { ...config.keycloak, url: proxies.Keycloak.url },
    objectStore: {
      ...config.objectStore,
      endpoint: proxies['Object store'].url,
    },
  });
  await run('mlflow:instance:claim');
  await run('mlflow:namespace:ensure');
});

afterAll(async () => {
  await run('mlflow:instance:undo');
  await portal.platforms.get(config.name).close();
  await Promise.all(Object.values(proxies).map(proxy => proxy.close()));
});

const DAYS: [Day, string][] = [
  ['cut', 'no answer'],
  [{ status: 503 }, 'answered'],
  [{ status: 500 }, 'answered'],
];

describe.each([
  ['Object store' as const, 'mlflow:bucket:ensure', 'bucket'],
  ['Keycloak' as const, 'mlflow:identity:ensure', 'identity'],
])('a run while %s has a bad day', (system, action, step) => {
  it.each(DAYS)(
    'fails by %j, with the sentence on its page',
    async (day, what) => {
      proxies[system].day = day;
      const error: unknown = await run(action).catch(e => e);
      proxies[system].day = 'good';

      expect(error).toMatchObject({
        name: 'ServiceUnavailableError',
        message: expect.stringMatching(
          new RegExp(`^${system}: could not .*${what}`),
        ),
      });
      expect(await recorded()).toMatchObject({
        state: 'failed',
        step,
        message: expect.stringMatching(new RegExp(`^${system}: could not`)),
      });
    },
  );

  it('goes on once the day is good, and changes nothing a second time', async () => {
    const changes = async () => {
      const output = await run(action);
      return JSON.stringify(output.changes);
    };

    expect(await changes()).toContain('"action":"create"');
    expect(await changes()).not.toMatch(/"action":"(create|update)"/);
    expect((await recorded()).state).not.toBe('failed');
  });
});

import { randomBytes } from 'node:crypto';
import { JsonObject } from '@backstage/types';
import { actionsFor, OWNER, runAction } from '../__testUtils__/actions';
import { HOSTILE_TEXTS, saysItShortly } from '../__testUtils__/hostileText';
import { sandboxPlatformConfig } from '../__testUtils__/sandbox';
import { toEntity } from '../catalog/entity';

jest.setTimeout(60_000);

const config = sandboxPlatformConfig();
const portal = actionsFor(config);
const platform = portal.platforms.get(config.name);

const newName = () => `t-${randomBytes(4).toString('hex')}`;

const claim = (input: JsonObject) => {
  const action = portal.actions.get('mlflow:instance:claim');
  if (!action) {
    throw new Error('There is no claim.');
  }
  return runAction(action, {
    platform: config.name,
    name: newName(),
    owner: OWNER,
    ...input,
  });
};

afterAll(() => platform.close());

/** Fields of the form that are names, or words out of a list. */
describe.each([
  'name',
  'platform',
  'owner',
  'host',
  'line',
  'size',
  'defaultPermission',
])('%s', field => {
  it.each(HOSTILE_TEXTS)('refuses %s, shortly', async (_, text) => {
    const error: unknown = await claim({ [field]: text }).catch(e => e);

    expect(error).toMatchObject({
      name: expect.stringMatching(
        /^(InputError|NotFoundError|NotAllowedError)$/,
      ),
    });
    expect({ error, short: saysItShortly(error) }).toMatchObject({
      short: true,
    });
  });
});

it('a host that only ends as it should is refused', async () => {
  const host = `x'; --.${config.domains[0]}`;

  await expect(claim({ host })).rejects.toMatchObject({ name: 'InputError' });
});

describe('description', () => {
  it.each(HOSTILE_TEXTS)(
    'is refused or carried as it is: %s',
    async (_, text) => {
      const name = newName();
      const outcome: unknown = await claim({ name, description: text }).catch(
        e => e,
      );

      const record = await platform.records.get(name);
      if (outcome instanceof Error) {
        expect(outcome).toMatchObject({ name: 'InputError' });
        expect(saysItShortly(outcome)).toBe(true);
        expect(record).toBeUndefined();
        return;
      }
      expect(record?.spec.description).toBe(text);
      expect(record && toEntity(record.spec).metadata.description).toBe(text);
      await platform.leases.release(name, 'task-1');
      await platform.records.remove(name, record?.id ?? '');
    },
  );

  it.each([
    'two lines',
    'NUL',
    'reversed writing',
    'a line separator',
    '10 kB',
  ])('refuses %s', async what => {
    const [, text] = HOSTILE_TEXTS.find(([label]) => label === what) ?? [];

    await expect(claim({ description: text ?? '' })).rejects.toMatchObject({
      name: 'InputError',
    });
  });
});

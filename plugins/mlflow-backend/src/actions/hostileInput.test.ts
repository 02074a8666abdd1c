import { randomBytes } from 'node:crypto';
import { InputError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import { actionsFor, OWNER, runAction } from '../__testUtils__/actions';
import { HOSTILE_TEXTS, saysItShortly } from '../__testUtils__/hostileText';
import { sandboxPlatformConfig } from '../__testUtils__/sandbox';
import { toEntity } from '../catalog/entity';

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
  /** @returns what became of it, in words */
  async function fate(text: string): Promise<string> {
    const name = newName();
    const error: unknown = await claim({ name, description: text }).then(
      () => undefined,
      (e: unknown) => e,
    );
    const record = await platform.records.get(name);
    if (!record) {
      return error instanceof InputError && saysItShortly(error)
        ? 'refused'
        : String(error);
    }
    await platform.leases.release(name, 'task-1');
    await platform.records.remove(name, record.id);
    const { description } = toEntity(record.spec).metadata;
    return record.spec.description === text && description === text
      ? 'carried as it is'
      : `became ${record.spec.description} and ${description}`;
  }

  it.each(HOSTILE_TEXTS)(
    'is refused or carried as it is: %s',
    async (_, text) => {
      expect(['refused', 'carried as it is']).toContain(await fate(text));
    },
  );

  it.each([
    ['two lines', 'refused'],
    ['NUL', 'refused'],
    ['reversed writing', 'refused'],
    ['a line separator', 'refused'],
    ['10 kB', 'refused'],
    ['SQL', 'carried as it is'],
    ['a scaffolder template', 'carried as it is'],
    ['letters beyond ASCII', 'carried as it is'],
  ])('with %s is %s', async (what, expected) => {
    const [, text = ''] = HOSTILE_TEXTS.find(([label]) => label === what) ?? [];

    expect(await fate(text)).toBe(expected);
  });
});

import { V1Secret } from '@kubernetes/client-node';
import { homonymOf, testInstance } from '../../__testUtils__/instance';
import { contextOf, sandboxPlatform } from '../../__testUtils__/stepContext';
import { vaultPlatform } from '../../__testUtils__/vault';
import { namespaceStep } from '../../steps/namespace';
import { runStep } from '../../steps/runStep';

jest.setTimeout(60_000);

const NAME = 'shared';

describe.each([
  ['kubernetes', sandboxPlatform],
  ['vault', vaultPlatform],
] as const)('secrets with provider %s', (_provider, createPlatform) => {
  const platform = createPlatform();
  const { secrets } = platform;
  const instance = testInstance();
  const { namespace } = instance.names;
  const ctx = contextOf(instance, platform);

  const fill = (part: string, keys: string[]) =>
    secrets.fill(
      instance,
      NAME,
      part,
      Object.fromEntries(keys.map(key => [key, () => `${key} of ${part}`])),
    );
  const inPods = async () => {
    const secret = await platform.kubernetes.get<V1Secret>({
      apiVersion: 'v1',
      kind: 'Secret',
      name: NAME,
      namespace,
    });
    return (
      secret &&
      Object.fromEntries(
        Object.entries(secret.data ?? {}).map(([key, value]) => [
          key,
          Buffer.from(value, 'base64').toString(),
        ]),
      )
    );
  };

  beforeAll(async () => {
    await runStep(namespaceStep, ctx);
  });

  afterAll(async () => {
    await namespaceStep.remove(ctx, { data: 'delete' });
    await platform.close();
  });

  afterEach(async () => {
    await secrets.remove(instance, NAME, 'a');
    await secrets.remove(instance, NAME, 'b');
  });

  it('can be used', async () => {
    await expect(
      secrets.check(platform.config.kubernetes.namespace, ctx.signal),
    ).resolves.toBeUndefined();
  });

  it('knows of nothing in a namespace that does not exist', async () => {
    expect(await secrets.read(testInstance(), NAME)).toBeUndefined();
  });

  it('lets two parts share one secret, each with its own keys', async () => {
    await fill('a', ['one', 'two']);
    await secrets.write(instance, NAME, 'b', { three: 'x' });
    await secrets.write(instance, NAME, 'a', { one: 'new' });

    const all = { one: 'new', two: 'two of a', three: 'x' };
    expect(await secrets.read(instance, NAME)).toEqual(all);
    expect(await inPods()).toEqual(all);
  });

  it('has the Secret of the written values when it returns', async () => {
    await fill('a', ['one']);
    expect(await inPods()).toEqual({ one: 'one of a' });
    await secrets.write(instance, NAME, 'a', { one: 'rotated' });
    expect(await inPods()).toEqual({ one: 'rotated' });
  });

  it('carries any text literally', async () => {
    const hostile = 'a"b\'c\n{{ .x }} ${{ y }} $(z) \\ ü \u202e';
    await secrets.write(instance, NAME, 'a', { one: hostile });
    expect(await secrets.read(instance, NAME)).toEqual({ one: hostile });
    expect(await inPods()).toEqual({ one: hostile });
  });

  it('makes only what is missing', async () => {
    await fill('a', ['one']);
    await secrets.write(instance, NAME, 'a', { one: 'kept' });

    expect(await fill('a', ['one', 'two'])).toEqual({
      one: 'kept',
      two: 'two of a',
    });
    expect(await fill('a', ['one', 'two'])).toEqual(
      await secrets.read(instance, NAME),
    );
  });

  it('keeps keys that a part no longer asks for', async () => {
    await fill('a', ['old']);
    await fill('a', ['new']);

    expect(await secrets.read(instance, NAME)).toEqual({
      old: 'old of a',
      new: 'new of a',
    });
  });

  it('makes again what went from the cluster', async () => {
    await fill('a', ['one']);
    await platform.kubernetes.delete({
      apiVersion: 'v1',
      kind: 'Secret',
      name: NAME,
      namespace,
    });
    await fill('a', ['one']);

    expect(await inPods()).toEqual({ one: 'one of a' });
  });

  it('removes a part, and the secret with the last one', async () => {
    await fill('a', ['one']);
    await fill('b', ['two']);

    expect(await secrets.remove(instance, NAME, 'a')).toBe('removed');
    expect(await secrets.read(instance, NAME)).toEqual({ two: 'two of b' });
    expect(await inPods()).toEqual({ two: 'two of b' });
    expect(await secrets.remove(instance, NAME, 'b')).toBe('removed');
    expect(await secrets.read(instance, NAME)).toBeUndefined();
    expect(await inPods()).toBeUndefined();
    expect(await secrets.remove(instance, NAME, 'b')).toBe('absent');
  });

  it('neither shows nor changes the secret of another instance', async () => {
    await fill('a', ['one']);
    const other = homonymOf(instance);
    const conflict = {
      name: 'ConflictError',
      message: expect.stringMatching(
        `${namespace}/${NAME} is not this instance's \\(it belongs to ${instance.mark}\\)`,
      ),
    };

    await expect(secrets.read(other, NAME)).rejects.toMatchObject(conflict);
    await expect(
      secrets.fill(other, NAME, 'a', { one: () => 'unused' }),
    ).rejects.toMatchObject(conflict);
    await expect(
      secrets.write(other, NAME, 'a', { one: 'stolen' }),
    ).rejects.toMatchObject(conflict);
    expect(await secrets.remove(other, NAME, 'a')).toBe('kept');
    expect(await secrets.read(instance, NAME)).toEqual({ one: 'one of a' });
  });

  it('does not show a secret that bears no mark', async () => {
    await platform.kubernetes.apply<V1Secret>(
      {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'by-hand', namespace },
        stringData: { one: 'planted' },
      },
      { signal: ctx.signal },
    );

    await expect(secrets.read(instance, 'by-hand')).rejects.toThrow(
      `Secret ${namespace}/by-hand is not this instance's (it bears no mark)`,
    );
    await expect(
      secrets.fill(instance, 'by-hand', 'a', { one: () => 'unused' }),
    ).rejects.toMatchObject({ name: 'ConflictError' });
  });
});

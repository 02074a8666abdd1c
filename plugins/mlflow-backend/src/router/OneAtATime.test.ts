import { OneAtATime } from './OneAtATime';

it('refuses a second question of the same caller until the first is answered', async () => {
  const one = new OneAtATime();
  let answer: (value: string) => void = () => undefined;
  const first = one.run(
    'user:default/a',
    'A check',
    () => new Promise<string>(resolve => (answer = resolve)),
  );
  const soon = async () => 'b';

  await expect(one.run('user:default/a', 'A check', soon)).rejects.toThrow(
    'A check of yours is still running',
  );
  expect(await one.run('user:default/b', 'A check', soon)).toBe('b');
  answer('a');
  expect(await first).toBe('a');
  expect(await one.run('user:default/a', 'A check', soon)).toBe('b');
});

it('lets a caller ask again after a failure', async () => {
  const one = new OneAtATime();
  const failing = () => Promise.reject(new Error('down'));

  await expect(one.run('a', 'A check', failing)).rejects.toThrow('down');
  await expect(one.run('a', 'A check', failing)).rejects.toThrow('down');
});

import { abortable } from './abortable';

it('leaves no failure behind that nobody handles', async () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => unhandled.push(reason);
  process.on('unhandledRejection', note);
  const aborted = AbortSignal.abort(new Error('left'));

  await expect(
    abortable(Promise.reject(new Error('failed')), aborted),
  ).rejects.toThrow('left');

  const later = new AbortController();
  const failing = new Promise((_, reject) => {
    setTimeout(() => reject(new Error('failed')), 20);
  });
  const waiting = abortable(failing, later.signal);
  later.abort(new Error('left'));
  await expect(waiting).rejects.toThrow('left');

  await new Promise(resolve => setTimeout(resolve, 50));
  process.off('unhandledRejection', note);
  expect(unhandled).toEqual([]);
});

it('gives what the promise gives while nobody aborts', async () => {
  const { signal } = new AbortController();

  expect(await abortable(Promise.resolve(1), signal)).toBe(1);
  await expect(
    abortable(Promise.reject(new Error('failed')), signal),
  ).rejects.toThrow('failed');
});

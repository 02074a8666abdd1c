import { Recorder } from '../../fault-tests/proxies/Recorder.ts';
import type { Mutation } from '../../fault-tests/proxies/Recorder.ts';

const put = (what: string, periodic = false): Mutation => ({
  system: 'kubernetes',
  what,
  periodic,
});

const recorderOf = (instance = 'a-b') => {
  const recorder = new Recorder();
  recorder.begin(instance);
  return recorder;
};

it('names mutations alike for every instance, and counts those of one name', async () => {
  const recorder = recorderOf('flt1-0a1b2c');
  for (const what of ['x/flt1-0a1b2c', 'x/flt1_0a1b2c', 'y']) {
    await recorder.before(put(what));
  }
  await recorder.before(put('beat', true));
  expect(recorder.seen()).toEqual([
    'kubernetes: x/<name>',
    'kubernetes: x/<name> #2',
    'kubernetes: y',
    'kubernetes: beat',
  ]);
  expect(recorder.stable()).toHaveLength(3);
  recorder.begin('other');
  expect(recorder.seen()).toEqual([]);
});

it('holds the second of a name before it is forwarded, until it is released', async () => {
  const recorder = recorderOf();
  const reached = recorder.arm({
    point: { mutation: 'kubernetes: x #2', moment: 'before' },
    kind: 'hold',
  });
  await recorder.before(put('x'));
  let forwarded = false;
  const second = recorder.before(put('x')).then(verdict => {
    forwarded = true;
    return verdict;
  });
  await reached;
  expect(forwarded).toBe(false);
  recorder.release();
  expect(await second).toBe('forward');
});

it('holds an answer back', async () => {
  const recorder = recorderOf();
  const reached = recorder.arm({
    point: { mutation: 'kubernetes: x', moment: 'after' },
    kind: 'hold',
  });
  const mutation = put('x');
  expect(await recorder.before(mutation)).toBe('forward');
  const answered = recorder.after(mutation);
  await reached;
  recorder.release();
  await answered;
});

it('refuses a mutation as often as it is told, and no other', async () => {
  const recorder = recorderOf();
  recorder.arm({
    point: { mutation: 'kubernetes: x', moment: 'before' },
    kind: 'refuse',
    times: 2,
  });
  expect(await recorder.before(put('y'))).toBe('forward');
  expect(await recorder.before(put('x'))).toBe('refuse');
  expect(await recorder.before(put('x'))).toBe('refuse');
  expect(await recorder.before(put('x'))).toBe('forward');
});

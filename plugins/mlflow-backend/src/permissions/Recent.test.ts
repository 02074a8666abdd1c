import { Recent } from './Recent';

describe('Recent', () => {
  let asked: string[];
  const ask = (what: string) => async () => {
    asked.push(what);
    return `${what}${asked.length}`;
  };

  beforeEach(() => {
    asked = [];
    jest.useFakeTimers();
  });

  afterEach(() => jest.useRealTimers());

  it('asks again after its time, counted from the question', async () => {
    const recent = new Recent<string>({ forMs: 5_000 });
    expect(await recent.get('a', ask('a'))).toBe('a1');
    jest.advanceTimersByTime(4_000);
    expect(await recent.get('a', ask('a'))).toBe('a1');
    jest.advanceTimersByTime(1_000);
    expect(await recent.get('a', ask('a'))).toBe('a2');
  });

  it('asks once for all that wait', async () => {
    const recent = new Recent<string>();
    const answers = await Promise.all([
      recent.get('a', ask('a')),
      recent.get('a', ask('a')),
      recent.get('b', ask('b')),
    ]);
    expect(answers).toEqual(['a1', 'a1', 'b2']);
  });

  it('keeps no refusal', async () => {
    const recent = new Recent<string>();
    const refuse = async () => {
      throw new Error('no');
    };
    await expect(recent.get('a', refuse)).rejects.toThrow('no');
    expect(await recent.get('a', ask('a'))).toBe('a1');
  });

  it('keeps nothing of those without a name', async () => {
    const recent = new Recent<string>();
    await recent.get(undefined, ask('a'));
    await recent.get(undefined, ask('a'));
    expect(asked).toEqual(['a', 'a']);
  });

  it('drops what was asked for least lately when there is too much', async () => {
    const recent = new Recent<string>({ atMost: 2 });
    for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) {
      await recent.get(key, ask(key));
    }
    expect(asked).toEqual(['a', 'b', 'c', 'b']);
  });
});

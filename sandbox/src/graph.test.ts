import { runGraph, withNeeds } from './graph.ts';

const part = (name: string, ...needs: string[]) => ({ name, needs });
const names = (parts: { name: string }[]) => parts.map(p => p.name);

describe('withNeeds', () => {
  const all = [part('a'), part('b', 'a'), part('c', 'b', 'a'), part('d')];

  it('puts each part after what it needs, once', () => {
    expect(names(withNeeds(all, ['c', 'b', 'd']))).toEqual([
      'a',
      'b',
      'c',
      'd',
    ]);
    expect(names(withNeeds(all, ['d']))).toEqual(['d']);
  });

  it('refuses a name that does not exist and lists those that do', () => {
    expect(() => withNeeds(all, ['x'])).toThrow(
      'No part "x"; there are: a, b, c, d',
    );
  });

  it('refuses a circle', () => {
    expect(() => withNeeds([part('a', 'b'), part('b', 'a')], ['a'])).toThrow(
      'needs itself',
    );
  });
});

describe('runGraph', () => {
  it('runs a part when its needs are done, and others at the same time', async () => {
    const events: string[] = [];
    let releaseA = () => {};
    const a = new Promise<void>(resolve => {
      releaseA = resolve;
    });
    await runGraph(
      [part('a'), part('b', 'a'), part('c')],
      async ({ name }, ready) => {
        await ready;
        events.push(`begin ${name}`);
        if (name === 'a') await a;
        if (name === 'c') releaseA();
        events.push(`end ${name}`);
      },
      () => {},
    );
    expect(events).toEqual([
      'begin a',
      'begin c',
      'end c',
      'end a',
      'begin b',
      'end b',
    ]);
  });

  it('reports the first failure once, does not begin its users, and lets the others end', async () => {
    const ended: string[] = [];
    const failures: unknown[] = [];
    const run = runGraph(
      [part('a'), part('b', 'a'), part('c')],
      async ({ name }, ready) => {
        await ready;
        if (name === 'a') throw new Error('a broke');
        await new Promise(resolve => setImmediate(resolve));
        ended.push(name);
      },
      error => failures.push(error),
    );
    await expect(run).rejects.toThrow('a broke');
    expect(ended).toEqual(['c']);
    expect(failures).toHaveLength(1);
  });
});

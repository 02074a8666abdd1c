import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Outcomes } from '../../fault-tests/Outcomes.ts';

const outcome = (passed: boolean) => ({
  passed,
  faults: passed ? [] : ['the instance is Failed, not Ready'],
  notes: [],
  seconds: { recovered: 1.5 },
  instance: 'flt1-abcdef',
  at: '2026-01-02T03:04:05.000Z',
});

describe('Outcomes', () => {
  let folder: string;
  const open = (fresh = false) =>
    new Outcomes(join(folder, 'kept', 'outcomes.json'), { fresh });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'outcomes-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('knows nothing at first', () => {
    expect(open().of('kill', 'before a')).toBeUndefined();
    expect(open().reference).toBeUndefined();
  });

  it('is found by the next run, by mode and point, for nobody else to read', () => {
    open().note('kill', 'before a', outcome(true));

    expect(open().of('kill', 'before a')).toEqual(outcome(true));
    expect(open().of('kill', 'after a')).toBeUndefined();
    expect(open().of('undo', 'before a')).toBeUndefined();
    const { mode } = statSync(join(folder, 'kept', 'outcomes.json'));
    expect(mode & 0o077).toBe(0);
  });

  it('adds to what a run beside it has written meanwhile', () => {
    const one = open();
    const other = open();
    one.note('kill', 'before a', outcome(true));
    other.note('refuse', 'before a', outcome(false));
    other.reference = { mutations: ['a'], census: ['b'] };
    one.note('kill', 'before a', outcome(false));

    expect(open().of('kill', 'before a')?.passed).toBe(false);
    expect(open().of('refuse', 'before a')?.passed).toBe(false);
    expect(open().reference).toEqual({ mutations: ['a'], census: ['b'] });
  });

  it('begins anew when it is told to', () => {
    open().note('kill', 'before a', outcome(true));
    expect(open(true).of('kill', 'before a')).toBeUndefined();
  });
});

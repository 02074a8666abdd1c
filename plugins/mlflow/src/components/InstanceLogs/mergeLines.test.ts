import { MAX_LINES, mergeLines } from './mergeLines';

const line = (second: number, text = `line ${second}`) => ({
  time: new Date(second * 1000).toISOString(),
  text,
});

describe('mergeLines', () => {
  it('begins with what came first', () => {
    expect(mergeLines([], [line(1), line(2)])).toEqual([line(1), line(2)]);
  });

  it('appends what is newer, and no line twice', () => {
    const before = [line(1), line(2, 'a'), line(2, 'b')];
    expect(
      mergeLines(before, [
        line(1),
        line(2, 'a'),
        line(2, 'b'),
        line(2, 'c'),
        line(3),
      ]),
    ).toEqual([...before, line(2, 'c'), line(3)]);
  });

  it('stays the same when nothing came', () => {
    const before = [line(1)];
    expect(mergeLines(before, [])).toBe(before);
    expect(mergeLines(before, [line(1)])).toBe(before);
  });

  it('lets the oldest go when there are too many', () => {
    const before = Array.from({ length: MAX_LINES }, (_, i) => line(i));
    const merged = mergeLines(before, [line(MAX_LINES)]);
    expect(merged).toHaveLength(MAX_LINES);
    expect(merged[0]).toEqual(line(1));
    expect(merged.at(-1)).toEqual(line(MAX_LINES));
  });
});

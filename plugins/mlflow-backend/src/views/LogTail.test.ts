import { LogTail } from './LogTail';

const at = (nanos: number) =>
  `2026-01-02T03:04:05.${String(nanos).padStart(9, '0')}Z`;

const tailOf = (lines: string[], most = 10, since?: string) => {
  const tail = new LogTail(most, since);
  lines.forEach(line => tail.add(line));
  return { lines: tail.lines, truncated: tail.truncated };
};

describe('LogTail', () => {
  it('parts time and text, and masks the text', () => {
    expect(tailOf([`${at(1)} GET /callback?code=hidden`, at(2)])).toEqual({
      lines: [
        { time: at(1), text: 'GET /callback?code=***' },
        { time: at(2), text: '' },
      ],
      truncated: false,
    });
  });

  it('keeps the newest lines and says that it left others out', () => {
    const lines = [1, 2, 3].map(i => `${at(i)} ${i}`);
    expect(tailOf(lines, 3).truncated).toBe(false);
    expect(tailOf(lines, 2)).toEqual({
      lines: [
        { time: at(2), text: '2' },
        { time: at(3), text: '3' },
      ],
      truncated: true,
    });
  });

  it('keeps only what is newer by a nanosecond', () => {
    const lines = [1, 2, 3].map(i => `${at(i)} ${i}`);
    expect(tailOf(lines, 10, at(2))).toEqual({
      lines: [{ time: at(3), text: '3' }],
      truncated: false,
    });
  });

  it('keeps no more than a million characters', () => {
    const lines = Array.from(
      { length: 400 },
      (_, i) => `${at(i)} ${'x'.repeat(3_000)}`,
    );
    const { lines: kept, truncated } = tailOf(lines, 5_000);
    expect(kept).toHaveLength(333);
    expect(kept.at(-1)?.time).toBe(at(399));
    expect(truncated).toBe(true);
  });

  it('shortens a line, after it was masked', () => {
    const [line] = tailOf([
      `${at(1)} ${'x'.repeat(3_995)} password=hidden`,
    ]).lines;
    expect(line.text).toHaveLength(4_001);
    expect(line.text.endsWith(' pass…')).toBe(true);
  });
});

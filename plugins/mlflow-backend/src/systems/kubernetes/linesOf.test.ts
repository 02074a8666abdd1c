import { linesOf } from './linesOf';

async function* chunks(...parts: Uint8Array[]) {
  for (const part of parts) {
    yield Buffer.from(part);
  }
}

async function read(parts: (string | Uint8Array)[], longest?: number) {
  const lines: string[] = [];
  const stream = chunks(...parts.map(part => Buffer.from(part)));
  for await (const line of linesOf(stream, longest)) {
    lines.push(line);
  }
  return lines;
}

describe('linesOf', () => {
  it.each<[string, (string | Uint8Array)[], string[]]>([
    ['nothing', [], []],
    ['whole lines', ['a\nb\n'], ['a', 'b']],
    ['an empty line', ['a\n\nb\n'], ['a', '', 'b']],
    ['a line that does not end', ['a\nb'], ['a', 'b']],
    ['a line in pieces', ['a', 'b', 'c\nd'], ['abc', 'd']],
    [
      'a character in pieces',
      [Buffer.from('ä').subarray(0, 1), Buffer.from('ä').subarray(1)],
      ['ä'],
    ],
    ['a progress bar', ['1 %\r2 %\n'], ['1 %\r2 %']],
  ])('reads %s', async (_, parts, lines) => {
    expect(await read(parts)).toEqual(lines);
  });

  it('cuts a line that is too long, and goes on with the next', async () => {
    expect(await read(['abc', 'def', 'g\nhijkl\nm'], 4)).toEqual([
      'abcd',
      'hijk',
      'm',
    ]);
  });
});

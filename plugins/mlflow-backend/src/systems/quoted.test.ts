import { HOSTILE_TEXTS } from '../__testUtils__/hostileText';
import { quoted } from './quoted';

describe('quoted', () => {
  it.each([
    ['x', '"x"'],
    ['größe 漢字', '"größe 漢字"'],
    ['a\nb\u202ec\ud800', '"a\ufffdb\ufffdc\ufffd"'],
    ['x'.repeat(41), `"${'x'.repeat(40)}…"`],
    ['🐘'.repeat(41), `"${'🐘'.repeat(40)}…"`],
  ])('shows %j as %s', (text, shown) => {
    expect(quoted(text)).toBe(shown);
  });

  it.each(HOSTILE_TEXTS)('keeps one short line of %s', (_, text) => {
    expect(quoted(text)).toMatch(/^"[^\p{Cc}\p{Zl}\p{Zp}]{0,82}"$/u);
  });
});

const LONGEST = 40;

/**
 * Text that somebody typed, as an error may repeat it: in quotes, cut, and
 * without characters that break the line or show it as something else.
 */
export function quoted(text: string): string {
  const harmless = text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '\ufffd');
  const [...characters] = harmless;
  return characters.length > LONGEST
    ? `"${characters.slice(0, LONGEST).join('')}…"`
    : `"${harmless}"`;
}

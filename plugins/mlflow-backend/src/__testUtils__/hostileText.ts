/** Text that has broken somebody's program before, each with what it is. */
export const HOSTILE_TEXTS: readonly (readonly [string, string])[] = [
  ['quotes', `a'b"c\`d`],
  ['SQL', `x'; DROP DATABASE postgres; --`],
  ['SQL with a backslash', `x\\'; DROP ROLE postgres; --`],
  ['a dollar quote', '$$; DROP DATABASE postgres; $$'],
  ['LDAP', '*)(uid=*))(|(uid=*'],
  ['JSON', '"},"Statement":[{"Effect":"Allow"}],"x":{"y":"'],
  ['XML', `<a href="&x;">]]></a>`],
  ['a Helm template', '{{ .Release.Name }}{{ fail "x" }}'],
  ['a scaffolder template', '${{ secrets.TOKEN }}{% raw %}'],
  ['YAML', '!!js/function |-\t- &a *a : #'],
  ['a shell', '$(touch /tmp/owned); `id` | x && y > z'],
  ['a path', '../../etc/passwd'],
  ['a flag', '--set=image.tag=evil'],
  ['format directives', '%s%n%x%00'],
  ['two lines', 'one\ntwo'],
  ['a header', 'x\r\nSet-Cookie: a=b'],
  ['NUL', 'a\u0000b'],
  ['an escape sequence', 'a\u001b[31mb'],
  ['reversed writing', 'a\u202egnp.exe'],
  ['an isolate', 'a\u2066b\u2069'],
  ['a line separator', 'a\u2028b'],
  ['half a surrogate pair', 'a\ud800b'],
  ['letters beyond ASCII', 'größe 漢字 🐘'],
  ['10 kB', 'x'.repeat(10_240)],
];

/**
 * Whether an error says what is wrong in a sentence or two, on one line. What
 * Backstage adds of a cause is short too.
 */
export function saysItShortly(error: unknown): boolean {
  if (!(error instanceof Error)) {
    return false;
  }
  const [said] = error.message.split('; caused by');
  return (
    error.message.length < 500 &&
    !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(error.message) &&
    /[.)]$/.test(said)
  );
}

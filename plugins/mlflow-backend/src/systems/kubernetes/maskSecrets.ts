/** Stands in place of a secret. */
const MASK = '***';

/** Names of values that let somebody in, whatever stands before them. */
const SECRET_NAMES = [
  'passwor[dt]',
  'passwd',
  'passphrase',
  'pwd',
  'secret',
  'secret[_-]?(?:access[_-]?)?key',
  '(?:api|private|encryption|signing|access|account)[_-]key(?:[_-]id)?',
  'apikey',
  'token',
  'credentials?',
  'signature',
  'assertion',
  'code[_-]verifier',
  'session[_-]?id',
].join('|');

/** Names of one-time values; as words they stand in many a harmless line. */
const ONE_TIME_NAMES = 'code|state|session_state|nonce';

/** A value in quotes, which a line that was cut may not close. */
const QUOTED = String.raw`\\*"(?:[^"\\]|\\.)*(?:"|$)|\\*'(?:[^'\\]|\\.)*(?:'|$)`;

/** Words after a scheme that are no credentials. */
const WORDS = 'auth\\w*|users?|tokens?|scheme|realm\\b';

const RULES: [RegExp, string][] = [
  // A cookie or header of its own, in whatever notation: all that follows goes.
  [
    /\b((?:set-)?cookies?|(?:proxy-)?authorization)(\\*["']?\s{0,8}[:=,]\s{0,8}).*/gi,
    `$1$2${MASK}`,
  ],
  [/-----BEGIN [A-Z ]{0,20}PRIVATE KEY.*/g, MASK],
  [
    new RegExp(
      `\\b(bearer|basic|negotiate|dpop)\\s{1,8}(?!(?:${WORDS}))[\\w.~+/=:-]+`,
      'gi',
    ),
    `$1 ${MASK}`,
  ],
  [
    new RegExp(
      `(${SECRET_NAMES})(\\\\*["']?\\s{0,8}[=:]\\s{0,8})(?:b?(?:${QUOTED})|[^\\s"']+)`,
      'gi',
    ),
    `$1$2${MASK}`,
  ],
  [
    new RegExp(
      `(?<![\\w-])(${ONE_TIME_NAMES})=(?!\\d{1,3}(?:[&\\s"']|$))[^&\\s"']+`,
      'gi',
    ),
    `$1=${MASK}`,
  ],
  [
    new RegExp(
      `(\\\\*["'](?:${ONE_TIME_NAMES})\\\\*["']\\s{0,8}:\\s{0,8})(?:${QUOTED})`,
      'gi',
    ),
    `$1${MASK}`,
  ],
  // Up to the last @, since a password may hold one; a port is no password.
  [
    /(:\/\/[^:/\s@"']{0,128}:)(?!\d{1,5}(?:[/?#\s"']|$))[^\s"'<>]{0,512}@/g,
    `$1${MASK}@`,
  ],
  [/mlf_[\w-]+/g, `mlf_${MASK}`],
  // What begins with {" in base64: tokens, and the cookies of Flask.
  [/\beyJ[\w-]{5,}(?:\.[\w-]*)*/g, MASK],
  // Encrypted by Fernet.
  [/\bgAAAA[\w-]{16,}={0,2}/g, MASK],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{12,}\b/g, MASK],
  // The form of the secret keys of S3.
  [
    /(?<![\w/+=-])(?=[\w/+=-]*[A-Z])(?=[\w/+=-]*[a-z])(?=[\w/+=-]*\d)[\w/+=-]{40}(?![\w/+=-])/g,
    MASK,
  ],
];

/**
 * One line without anything that could let somebody in: one-time codes, tokens,
 * cookies, passwords and keys become `***`. It hides rather too much.
 */
export function maskSecrets(line: string): string {
  return RULES.reduce(
    (text, [pattern, mask]) => text.replace(pattern, mask),
    line,
  );
}

/**
 * Every form in which a secret could stand in a text: as it is, in base64 on its
 * own or within something longer (at each of three offsets), and as part of a URL.
 */
export function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const shifted = [0, 1, 2].map(offset => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString(
      'base64',
    );
    // The first and last characters depend on what stands beside the secret.
    const from = Math.ceil((offset * 8) / 6);
    const to = Math.floor(((offset + bytes.length) * 8) / 6);
    return text.slice(from, to);
  });
  return [
    ...new Set([
      secret,
      encodeURIComponent(secret),
      bytes.toString('hex'),
      ...shifted,
      ...shifted.map(text => text.replaceAll('+', '-').replaceAll('/', '_')),
    ]),
  ];
}

/** One secret: what it is called in a report, which never shows its value. */
export interface Secret {
  name: string;
  value: string;
}

/** Shorter values would be found by chance. */
const MIN_LENGTH = 12;

/** Finds secrets in texts by all their forms. */
export class SecretSearch {
  readonly #forms: { name: string; form: Buffer }[];

  /** @throws Error for a value that is too short to be searched for */
  constructor(secrets: Secret[]) {
    this.#forms = secrets.flatMap(({ name, value }) => {
      if (value.length < MIN_LENGTH) {
        throw new Error(`${name} has ${value.length} characters only`);
      }
      return formsOf(value).map(form => ({ name, form: Buffer.from(form) }));
    });
  }

  /** Names of the secrets that stand in a text. */
  in(text: Buffer | string): string[] {
    const bytes = Buffer.isBuffer(text) ? text : Buffer.from(text);
    const found = this.#forms.filter(({ form }) => bytes.includes(form));
    return [...new Set(found.map(({ name }) => name))];
  }
}

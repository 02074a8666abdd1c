/** How long an answer serves others who ask, in milliseconds. */
const FRESH_MS = 15_000;

/** How many answers are kept at most. */
const MOST = 100;

/**
 * Answers that cost much, shared by all who ask for the same at about the same
 * time. What fails is not kept.
 */
export class Shared<T> {
  readonly #freshMs: number;
  readonly #answers = new Map<string, { answer: Promise<T>; until: number }>();

  /** @param freshMs - how long an answer serves after it came */
  constructor(freshMs: number = FRESH_MS) {
    this.#freshMs = freshMs;
  }

  /**
   * @param key - names what is asked for; another key when that has changed
   * @param ask - called when nobody did lately; it must be bounded by itself,
   * since whoever asked first may not be the last who waits
   */
  get(key: string, ask: () => Promise<T>): Promise<T> {
    const known = this.#answers.get(key);
    if (known && Date.now() < known.until) {
      return known.answer;
    }
    const entry = { answer: ask(), until: Infinity };
    this.#answers.delete(key);
    this.#answers.set(key, entry);
    this.#forgetOldest();
    entry.answer.then(
      () => {
        entry.until = Date.now() + this.#freshMs;
      },
      () => {
        entry.until = 0;
      },
    );
    return entry.answer;
  }

  #forgetOldest(): void {
    for (const key of this.#answers.keys()) {
      if (this.#answers.size <= MOST) {
        return;
      }
      this.#answers.delete(key);
    }
  }
}

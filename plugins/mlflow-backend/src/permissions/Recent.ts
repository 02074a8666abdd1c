/** How long a user's rights are believed without asking again, in milliseconds. */
export const RECENT_MS = 5_000;

/** More than this many answers are not kept; the one least asked for goes. */
const AT_MOST = 10_000;

/**
 * Answers of the last seconds, so that pages that look often do not ask often.
 * Who asks while the same is being asked waits for that answer. A refusal is not
 * kept.
 */
export class Recent<T> {
  readonly #answers = new Map<string, { until: number; answer: Promise<T> }>();
  readonly #forMs: number;
  readonly #atMost: number;

  constructor({ forMs = RECENT_MS, atMost = AT_MOST } = {}) {
    this.#forMs = forMs;
    this.#atMost = atMost;
  }

  /** @param key - what is asked and by whom; undefined is asked each time */
  get(key: string | undefined, ask: () => Promise<T>): Promise<T> {
    if (key === undefined) {
      return ask();
    }
    const now = Date.now();
    const known = this.#answers.get(key);
    this.#answers.delete(key);
    const entry =
      known && known.until > now
        ? known
        : { until: now + this.#forMs, answer: ask() };
    this.#answers.set(key, entry);
    if (entry !== known) {
      this.#forgetRefusal(key, entry);
      this.#bound();
    }
    return entry.answer;
  }

  #forgetRefusal(key: string, entry: { answer: Promise<T> }): void {
    entry.answer.catch(() => {
      if (this.#answers.get(key) === entry) {
        this.#answers.delete(key);
      }
    });
  }

  #bound(): void {
    const [oldest] = this.#answers.keys();
    if (this.#answers.size > this.#atMost) {
      this.#answers.delete(oldest);
    }
  }
}

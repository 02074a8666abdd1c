import { LogLine } from 'backstage-plugin-mlflow-common';
import { maskSecrets } from '../systems/kubernetes/maskSecrets';
import { nanoseconds } from './logTime';

/** Longest line that is shown, in characters. */
const LONGEST = 4_000;

/** What a page of a log may hold at most, in characters. */
const MOST_CHARACTERS = 1_000_000;

/**
 * Keeps the newest lines of a log that goes by, masked, so many and so much of
 * it as a page may hold.
 */
export class LogTail {
  readonly #most: number;
  readonly #after: bigint;
  /** As they came: only what is shown in the end is worth masking. */
  #lines: LogLine[] = [];
  #characters = 0;
  #truncated = false;

  /**
   * @param most - lines
   * @param since - time stamp; only lines after it are kept
   */
  constructor(most: number, since?: string) {
    this.#most = most;
    this.#after = (since && nanoseconds(since)) || -1n;
  }

  /** @param line - begins with its time stamp and a space */
  add(line: string): void {
    const space = line.indexOf(' ');
    const time = space < 0 ? line : line.slice(0, space);
    const at = nanoseconds(time);
    if (at !== undefined && at <= this.#after) {
      return;
    }
    this.#push({ time, text: line.slice(time.length + 1) });
  }

  /** Oldest first, masked. */
  get lines(): LogLine[] {
    return this.#lines.map(({ time, text }) => ({
      time,
      text: shortened(maskSecrets(text)),
    }));
  }

  /** Whether older lines were left out. */
  get truncated(): boolean {
    return this.#truncated;
  }

  #push(line: LogLine): void {
    this.#lines.push(line);
    this.#characters += shownLength(line);
    while (
      this.#lines.length > this.#most ||
      this.#characters > MOST_CHARACTERS
    ) {
      const dropped = this.#lines.shift();
      this.#characters -= dropped ? shownLength(dropped) : 0;
      this.#truncated = true;
    }
  }
}

function shownLength({ text }: LogLine): number {
  return Math.min(text.length, LONGEST);
}

function shortened(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

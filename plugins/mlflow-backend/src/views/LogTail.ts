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
    const text = line.slice(time.length + 1);
    this.#push({ time, text: shortened(maskSecrets(text)) });
  }

  /** Oldest first. */
  get lines(): LogLine[] {
    return this.#lines;
  }

  /** Whether older lines were left out. */
  get truncated(): boolean {
    return this.#truncated;
  }

  #push(line: LogLine): void {
    this.#lines.push(line);
    this.#characters += line.text.length;
    while (
      this.#lines.length > this.#most ||
      this.#characters > MOST_CHARACTERS
    ) {
      this.#characters -= this.#lines.shift()?.text.length ?? 0;
      this.#truncated = true;
    }
  }
}

function shortened(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

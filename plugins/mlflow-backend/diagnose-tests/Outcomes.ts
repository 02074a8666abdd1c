import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Context } from '@internal/mlflow-sandbox/src/part.ts';

/** What came of one provocation. */
export interface Outcome {
  passed: boolean;
  /** From the effect to the name of the cause, and from the mending to Ready. */
  seconds: { named: number; mended: number };
  evidence: string[];
  faults: string[];
  instance: string;
  at: string;
}

/** Keeps outcomes of one build in a file, so that a run goes on where it was cut. */
export class Outcomes {
  readonly #file: string;
  readonly #known: Record<string, Outcome>;

  /** @param options - `fresh`: forget what the file holds */
  constructor(
    { paths }: Context,
    build: string,
    { fresh }: { fresh: boolean },
  ) {
    this.#file = join(paths.cache, 'diagnose', `outcomes-${build}.json`);
    this.#known =
      !fresh && existsSync(this.#file)
        ? JSON.parse(readFileSync(this.#file, 'utf8'))
        : {};
  }

  of(cause: string): Outcome | undefined {
    return this.#known[cause];
  }

  note(cause: string, outcome: Outcome): void {
    this.#known[cause] = outcome;
    mkdirSync(dirname(this.#file), { recursive: true, mode: 0o700 });
    const text = `${JSON.stringify(this.#known, undefined, 2)}\n`;
    writeFileSync(this.#file, text, { mode: 0o600 });
  }
}

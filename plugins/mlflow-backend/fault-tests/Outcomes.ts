import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import type { Census } from './census/census.ts';

/** What a run without a fault has shown. */
export interface Reference {
  /** Mutations that every run has at the same place. */
  mutations: string[];
  census: Census;
}

/** What came of one point. */
export interface Outcome {
  passed: boolean;
  faults: string[];
  notes: string[];
  seconds: Record<string, number>;
  instance: string;
  at: string;
}

interface Content {
  reference?: Reference;
  /** By mode and point. */
  outcomes: Record<string, Outcome>;
}

/** Keeps what was found in a file, so that a run goes on where it was cut. */
export class Outcomes {
  readonly #file: string;
  readonly #content: Content;

  /** @param options - `fresh`: forget what the file holds */
  constructor(file: string, options: { fresh: boolean }) {
    this.#file = file;
    this.#content =
      !options.fresh && existsSync(file)
        ? JSON.parse(readFileSync(file, 'utf8'))
        : { outcomes: {} };
  }

  get reference(): Reference | undefined {
    return this.#content.reference;
  }

  set reference(reference: Reference | undefined) {
    this.#content.reference = reference;
    this.#write();
  }

  of(mode: string, point: string): Outcome | undefined {
    return this.#content.outcomes[`${mode} ${point}`];
  }

  note(mode: string, point: string, outcome: Outcome): void {
    this.#content.outcomes[`${mode} ${point}`] = outcome;
    this.#write();
  }

  #write(): void {
    mkdirSync(dirname(this.#file), { recursive: true, mode: 0o700 });
    writeFileSync(
      `${this.#file}.new`,
      `${JSON.stringify(this.#content, undefined, 2)}\n`,
      { mode: 0o600 },
    );
    renameSync(`${this.#file}.new`, this.#file);
  }
}

import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import type { Census } from './census/census.ts';

/** What a run without a fault has shown. */
export interface Reference {
  /** Mutations that every run has at the same place. */
  mutations: string[];
  /** Those of the undo of a run that failed late; once they were looked for. */
  undo?: string[];
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
  /** Of a run that builds the image. */
  image?: Reference;
  /** By mode and point. */
  outcomes: Record<string, Outcome>;
}

/**
 * Keeps what was found in a file, so that a run goes on where it was cut. Runs
 * side by side share it: each adds to what the others have written meanwhile.
 */
export class Outcomes {
  readonly #file: string;

  /** @param options - `fresh`: forget what the file holds */
  constructor(file: string, options: { fresh: boolean }) {
    this.#file = file;
    if (options.fresh) rmSync(file, { force: true });
  }

  get reference(): Reference | undefined {
    return this.#read().reference;
  }

  set reference(reference: Reference | undefined) {
    this.#write({ ...this.#read(), reference });
  }

  get image(): Reference | undefined {
    return this.#read().image;
  }

  set image(image: Reference | undefined) {
    this.#write({ ...this.#read(), image });
  }

  of(mode: string, point: string): Outcome | undefined {
    return this.#read().outcomes[`${mode} ${point}`];
  }

  note(mode: string, point: string, outcome: Outcome): void {
    const { outcomes, ...rest } = this.#read();
    const added = { ...outcomes, [`${mode} ${point}`]: outcome };
    this.#write({ ...rest, outcomes: added });
  }

  #read(): Content {
    return existsSync(this.#file)
      ? JSON.parse(readFileSync(this.#file, 'utf8'))
      : { outcomes: {} };
  }

  #write(content: Content): void {
    mkdirSync(dirname(this.#file), { recursive: true, mode: 0o700 });
    const made = `${this.#file}.${process.pid}`;
    writeFileSync(made, `${JSON.stringify(content, undefined, 2)}\n`, {
      mode: 0o600,
    });
    renameSync(made, this.#file);
  }
}

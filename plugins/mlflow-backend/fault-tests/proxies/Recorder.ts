/** Outside systems whose mutations are known, as they stand in the name of a point. */
export type System =
  | 'kubernetes'
  | 'helm'
  | 'postgres'
  | 'keycloak'
  | 'object store'
  | 'mlflow'
  | 'registry'
  | 'docker';

/** One request or statement that changes something outside. */
export interface Mutation {
  system: System;
  /** What it does to which object; equal in every run but for the instance's name. */
  what: string;
  /** Written by a timer, so that no run has it at the same place. */
  periodic?: boolean;
}

/** Where a fault is to happen: a mutation, and on which side of it. */
export interface Point {
  /** Name of a mutation as {@link Recorder.seen} lists it. */
  mutation: string;
  moment: 'before' | 'after';
}

/** What happens at a point. */
export interface Fault {
  point: Point;
  /** `hold` keeps the mutation waiting, `refuse` answers in the system's place. */
  kind: 'hold' | 'refuse';
  /** How often it is refused: a client may try again by itself. */
  times?: number;
}

/** What becomes of a mutation. */
export type Verdict = 'forward' | 'refuse';

interface Armed extends Fault {
  left: number;
  reached: () => void;
  released: Promise<void>;
  release: () => void;
}

/** A promise, and what fulfils it. */
function signalled(): { given: Promise<void>; give: () => void } {
  let give = () => {};
  const given = new Promise<void>(resolve => {
    give = resolve;
  });
  return { given, give };
}

/** Names a point in tables and files. */
export const pointName = ({ mutation, moment }: Point) =>
  `${moment} ${mutation}`;

/**
 * Counts the mutations of one instance in all systems, and makes one of them
 * fail. Every proxy of a lane asks it before and after each mutation.
 */
export class Recorder {
  #instance = '';
  #counts = new Map<string, number>();
  #seen: { name: string; periodic: boolean }[] = [];
  #armed?: Armed;
  /** Names of mutations under way, since after the answer the count is another. */
  readonly #names = new WeakMap<Mutation, string>();

  /** Begins anew, for the instance of this name. */
  begin(instance: string): void {
    this.release();
    this.#instance = instance;
    this.#counts = new Map();
    this.#seen = [];
  }

  /** Mutations since `begin`, in the order in which they came. */
  seen(): string[] {
    return this.#seen.map(({ name }) => name);
  }

  /** Those of {@link seen} that every run has at the same place. */
  stable(): string[] {
    return this.#seen.filter(({ periodic }) => !periodic).map(m => m.name);
  }

  /** @returns when the point is reached; never when the run goes past it */
  arm(fault: Fault): Promise<void> {
    this.release();
    const reached = signalled();
    const released = signalled();
    this.#armed = {
      ...fault,
      left: fault.times ?? 1,
      reached: reached.give,
      released: released.given,
      release: released.give,
    };
    return reached.given;
  }

  /** Lets go what is held; no fault is armed any more. */
  release(): void {
    this.#armed?.release();
    this.#armed = undefined;
  }

  /** A mutation came in and was not forwarded yet. */
  async before(mutation: Mutation): Promise<Verdict> {
    const base = this.#nameOf(mutation);
    const count = (this.#counts.get(base) ?? 0) + 1;
    this.#counts.set(base, count);
    const name = count === 1 ? base : `${base} #${count}`;
    this.#names.set(mutation, name);
    this.#seen.push({ name, periodic: mutation.periodic ?? false });
    if (this.#refuses(name, base)) {
      return 'refuse';
    }
    await this.#hold(name, 'before');
    return 'forward';
  }

  /** The system has answered a mutation, and the client has not heard of it. */
  async after(mutation: Mutation): Promise<void> {
    await this.#hold(this.#names.get(mutation) ?? '', 'after');
  }

  /** The first refusal is of the point itself, the others of what is tried again. */
  #refuses(name: string, base: string): boolean {
    const armed = this.#armed;
    if (armed?.kind !== 'refuse' || armed.left === 0) {
      return false;
    }
    const { mutation } = armed.point;
    const begun = armed.left < (armed.times ?? 1);
    const again = begun && mutation.replace(/ #\d+$/, '') === base;
    if (name !== mutation && !again) {
      return false;
    }
    armed.left--;
    armed.reached();
    return true;
  }

  async #hold(name: string, moment: Point['moment']): Promise<void> {
    const armed = this.#armed;
    if (
      armed?.kind === 'hold' &&
      armed.point.mutation === name &&
      armed.point.moment === moment
    ) {
      armed.reached();
      await armed.released;
    }
  }

  /** The instance's name, in either spelling, gives way to `<name>`. */
  #nameOf({ system, what }: Mutation): string {
    const text = `${system}: ${what}`;
    return this.#instance
      ? text
          .replaceAll(this.#instance, '<name>')
          .replaceAll(this.#instance.replaceAll('-', '_'), '<name>')
      : text;
  }
}

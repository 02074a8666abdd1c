import type { Paths } from './paths.ts';
import type { Secrets } from './secrets.ts';

/** Something of the machine that a part can't do without. */
export interface Requirement {
  /** What it is, as the message names it. */
  what: string;
  /** Debian package that brings it; absent when no package of Debian 12 does. */
  packages?: string[];
  /** What to do when no package helps. */
  advice?: string;
  present(): boolean;
}

/** What a part is given to work with. */
export interface Context {
  paths: Paths;
  secrets: Secrets;
  signal: AbortSignal;
  /** Shows what the part is doing now. */
  say(what: string): void;
}

/**
 * One part of the sandbox. All of it is idempotent: `start` of a part that is
 * up, or half up, or was killed, ends in a part that is up.
 */
export interface Part {
  readonly name: string;
  /** Parts that must be up before `start`. */
  readonly needs: readonly string[];
  /** Processes it keeps, by the name of their pid file and log. */
  readonly processes: readonly string[];
  /** Addresses that must be free before its first start, as `ip:port`. */
  readonly listens?: readonly string[];
  requirements(paths: Paths): Requirement[];
  /** Builds and downloads into the cache; may run before the needs are up. */
  prepare?(context: Context): Promise<void>;
  /** Removes what a killed run left behind; called before a start of a part that is not up. */
  sweep?(context: Context): Promise<void>;
  /** Ends when the part answers. */
  start(context: Context): Promise<void>;
  /** A quick look: is everything of it there, and does it answer? Changes nothing. */
  isUp(context: Context): Promise<boolean>;
  /** Stops it and removes what it left in the kernel; its data stay. */
  stop(context: Context): Promise<void>;
}

/** How often a client may still be called before it fails. */
export interface Fuse {
  left: number;
}

/** Thrown in place of a call, as if the process had died there. */
export class Crash extends Error {
  override readonly name = 'Crash';
}

/**
 * A client whose calls fail once the fuse has burnt down. Objects that it hands
 * to a callback (the session of a database) count their calls too.
 */
export function crashing<T extends object>(client: T, fuse: Fuse): T {
  return new Proxy(client, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property, target);
      if (typeof value !== 'function') {
        return value;
      }
      return (...args: unknown[]): unknown => {
        if (fuse.left <= 0) {
          return Promise.reject(new Crash(`crash at ${String(property)}`));
        }
        fuse.left--;
        return Reflect.apply(
          value,
          target,
          args.map(arg => withCrashes(arg, fuse)),
        );
      };
    },
  });
}

/** A callback that gets an object gets it with the same fuse. */
function withCrashes(argument: unknown, fuse: Fuse): unknown {
  if (typeof argument !== 'function') {
    return argument;
  }
  return (...args: unknown[]): unknown =>
    Reflect.apply(
      argument,
      undefined,
      args.map(arg =>
        typeof arg === 'object' && arg !== null && 'query' in arg
          ? crashing(arg, fuse)
          : arg,
      ),
    );
}

/**
 * Runs something again and again, cut off later each time, until it gets
 * through.
 *
 * @returns how often it was cut off
 * @throws what fails other than by a cut
 */
export async function crashEverywhere(
  run: (fuse: Fuse) => Promise<unknown>,
  { from = 0, step = 1 } = {},
): Promise<number> {
  for (let crashes = 0; ; crashes++) {
    try {
      await run({ left: from + crashes * step });
      return crashes;
    } catch (error) {
      if (!(error instanceof Crash)) {
        throw error;
      }
    }
  }
}

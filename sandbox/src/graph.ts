/** What the graph needs to know of a part. */
export interface Node {
  name: string;
  needs: readonly string[];
}

/**
 * The wanted parts and all that they need, each after what it needs.
 *
 * @throws Error for a name that does not exist, or a circle.
 */
export function withNeeds<T extends Node>(
  all: readonly T[],
  wanted: readonly string[],
): T[] {
  const ordered: T[] = [];
  const open = new Set<string>();
  const visit = (name: string) => {
    if (ordered.some(part => part.name === name)) return;
    if (open.has(name))
      throw new Error(`${name} needs itself: ${[...open].join(' -> ')}`);
    const part = all.find(p => p.name === name);
    if (!part) {
      throw new Error(
        `No part "${name}"; there are: ${all.map(p => p.name).join(', ')}`,
      );
    }
    open.add(name);
    part.needs.forEach(visit);
    open.delete(name);
    ordered.push(part);
  };
  wanted.forEach(visit);
  return ordered;
}

/**
 * Runs `work` for each part as soon as all that it needs is done, the rest at
 * the same time. The first failure goes to `onFailure`, and no part that is
 * still waiting is begun; ends when nothing runs any more.
 *
 * @throws the first failure.
 */
export async function runGraph<T extends Node>(
  parts: readonly T[],
  work: (part: T, ready: Promise<void>) => Promise<void>,
  onFailure: (error: unknown) => void,
): Promise<void> {
  const done = new Map<string, Promise<void>>();
  const failures: unknown[] = [];
  const failed = (error: unknown): never => {
    if (failures.push(error) === 1) onFailure(error);
    throw error;
  };
  for (const part of parts) {
    const needs = part.needs.map(name => done.get(name) ?? Promise.resolve());
    const ready = Promise.all(needs).then(() => {});
    ready.catch(() => {}); // reported by the part that failed
    done.set(part.name, work(part, ready).catch(failed));
  }
  await Promise.allSettled(done.values());
  if (failures.length) throw failures[0];
}

import { readdirSync, readFileSync } from 'node:fs';

/** Between two looks at all processes, in milliseconds. */
const PERIOD_MS = 15;

function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return ''; // gone meanwhile
  }
}

/** Pid of a process's parent, from its `stat` line; the name in it may hold spaces. */
function parentOf(pid: string): string {
  const stat = read(`/proc/${pid}/stat`);
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] ?? '';
}

/**
 * Looks at the arguments and the environment of a process and all that it
 * starts, again and again, and keeps what it saw.
 */
export class ProcessSampler {
  readonly #root: () => number | undefined;
  readonly #seen = new Map<string, string>();
  #timer?: NodeJS.Timeout;
  #looks = 0;

  /** @param root - pid of the process, which may change */
  constructor(root: () => number | undefined) {
    this.#root = root;
  }

  start(): void {
    this.#timer = setInterval(() => this.#look(), PERIOD_MS);
  }

  /** @returns one text for each process that was seen, by its command */
  stop(): { name: string; text: string }[] {
    clearInterval(this.#timer);
    return [...this.#seen].map(([name, text]) => ({ name, text }));
  }

  get looks(): number {
    return this.#looks;
  }

  #look(): void {
    this.#looks++;
    const root = this.#root();
    if (root === undefined) return;
    for (const pid of descendants(String(root))) {
      const argv = read(`/proc/${pid}/cmdline`);
      if (!argv) continue;
      const name = `process ${pid} ${argv.split('\0').slice(0, 3).join(' ')}`;
      if (!this.#seen.has(name)) {
        this.#seen.set(name, `${argv}\n${read(`/proc/${pid}/environ`)}`);
      }
    }
  }
}

/** The kernel lists a process's children; only that is quick enough for 15 ms. */
function descendants(root: string): string[] {
  const found = [root];
  for (let index = 0; index < found.length; index++) {
    const pid = found[index];
    let threads: string[] = [];
    try {
      threads = readdirSync(`/proc/${pid}/task`);
    } catch {
      // gone meanwhile
    }
    for (const thread of threads) {
      const children = read(`/proc/${pid}/task/${thread}/children`);
      found.push(...children.split(' ').filter(Boolean));
    }
  }
  return found.filter(pid => pid === root || parentOf(pid) !== '');
}

import { existsSync, readdirSync } from 'node:fs';
import { addresses } from './addresses.ts';
import { readOwner } from './owner.ts';
import type { Context, Part } from './part.ts';
import { ALL } from './parts/index.ts';
import { browserHome } from './parts/browser.ts';
import { dockerHost } from './parts/docker.ts';
import { baoCommand } from './parts/openbao.ts';
import type { Paths } from './paths.ts';
import { logFile, runningPid } from './processes.ts';
import { loadSecrets } from './secrets.ts';

/** State of one part. `degraded`: its processes live but it does not answer, or some are gone. */
export interface PartStatus {
  state: 'running' | 'degraded' | 'stopped';
  /** The process, when the part has just one. */
  pid?: number;
  log?: string;
  processes?: Record<string, { pid?: number; log: string }>;
}

/** Whether anything of the sandbox runs. */
export function anyRunning(paths: Paths): boolean {
  if (!existsSync(paths.run)) return false;
  return readdirSync(paths.run)
    .filter(name => name.endsWith('.pid'))
    .some(
      name => runningPid(paths, name.slice(0, -'.pid'.length)) !== undefined,
    );
}

async function partStatus(part: Part, context: Context): Promise<PartStatus> {
  const { paths } = context;
  const processes = part.processes.map(name => ({
    name,
    pid: runningPid(paths, name),
    log: logFile(paths, name),
  }));
  const alive = processes.filter(p => p.pid !== undefined);
  const up = await part.isUp(context).catch(() => false);
  const unwell = alive.length ? 'degraded' : 'stopped';
  const state = up ? 'running' : unwell;
  if (processes.length === 0) return { state };
  if (processes.length === 1)
    return { state, pid: processes[0].pid, log: processes[0].log };
  return {
    state,
    processes: Object.fromEntries(
      processes.map(({ name, pid, log }) => [name, { pid, log }]),
    ),
  };
}

/** Everything that another program needs to know of the sandbox. */
export async function status(paths: Paths, signal: AbortSignal) {
  const known = existsSync(paths.state);
  const entries = known
    ? await Promise.all(
        ALL.map(async part => {
          const context: Context = {
            paths,
            secrets: loadSecrets(paths),
            signal,
            say: () => {},
          };
          return [part.name, await partStatus(part, context)] as const;
        }),
      )
    : ALL.map(
        part => [part.name, { state: 'stopped' } satisfies PartStatus] as const,
      );
  return {
    owner: readOwner(paths)?.repo,
    parts: Object.fromEntries<PartStatus>(entries),
    addresses: addresses(),
    state: paths.state,
    config: paths.config,
    caBundle: paths.caBundle,
    ca: paths.caCert,
    users: paths.users,
    kubeconfig: paths.kubeconfig,
    dockerHost: dockerHost(paths),
    browserHome: browserHome(paths),
    bao: baoCommand(paths),
    charts: paths.charts,
  };
}

import { parseArgs } from 'node:util';
import { addresses } from './addresses.ts';
import { down, reset } from './down.ts';
import { SandboxError } from './errors.ts';
import { SEARCH } from './requirements.ts';
import { findRepo, resolvePaths } from './paths.ts';
import type { Paths } from './paths.ts';
import { status } from './status.ts';
import { trustIn } from './trust.ts';
import { up } from './up.ts';
import { runMain } from './runMain.ts';

const USAGE = `./yarnw sandbox <command>

  up [--only a,b] [--with browser,vault,monitoring] [--install] [--replace]
                    start what is not up; --only: just these parts and what they need;
                    --with: a browser's home folder; OpenBao and External Secrets; Prometheus;
                    --install: apt-get what is missing; --replace: take it over from another checkout
  down              stop everything, keep data
  status [--json]   what runs, where, with which log
  reset             down, and delete data and secrets (the build cache stays)
  trust <home>      make a Chromium with this HOME trust the sandbox's CA
`;

const OTHER_WAY = `The sandbox needs Linux and root: it makes a bridge, mounts and iptables rules.
The other way is a cluster of your own: describe it as a platform in app-config.local.yaml
(mlflow.platforms, see docs) and start the portal with ./yarnw start.`;

const list = (text: string | undefined) =>
  text
    ?.split(',')
    .map(name => name.trim())
    .filter(Boolean);

function requireRoot() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    throw new SandboxError(OTHER_WAY, { code: 2 });
}

async function showStatus(paths: Paths, json: boolean, signal: AbortSignal) {
  const current = await status(paths, signal);
  if (json) {
    process.stdout.write(`${JSON.stringify(current, null, 2)}\n`);
    return;
  }
  const lines = Object.entries(current.parts).map(([name, part]) =>
    [
      name.padEnd(15),
      part.state.padEnd(9),
      String(part.pid ?? '').padEnd(7),
      part.log ?? '',
    ]
      .join(' ')
      .trimEnd(),
  );
  process.stdout.write(
    `owner: ${current.owner ?? 'nobody'}\n${lines.join('\n')}\nconfig: ${
      current.config
    }\n`,
  );
}

async function main(signal: AbortSignal): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      only: { type: 'string' },
      with: { type: 'string' },
      install: { type: 'boolean', default: false },
      replace: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const [command, argument] = positionals;
  if (values.help || !command) {
    process.stdout.write(USAGE);
    return values.help ? 0 : 2;
  }
  requireRoot();
  // programs for root are not on every PATH
  process.env.PATH = [process.env.PATH ?? '', ...SEARCH]
    .filter(Boolean)
    .join(':');
  const paths = resolvePaths(process.env, findRepo(process.env, process.cwd()));
  switch (command) {
    case 'up': {
      const begin = Date.now();
      const started = await up(
        paths,
        {
          only: list(values.only),
          with: list(values.with),
          install: values.install || process.env.CI === 'true',
          replace: values.replace,
        },
        signal,
      );
      const what = started.length ? 'up' : 'was up already, nothing to do';
      process.stderr.write(
        `sandbox ${what} (${((Date.now() - begin) / 1000).toFixed(1)}s)\n`,
      );
      process.stderr.write(
        `sign in at ${addresses().keycloak}, config ${paths.config}, users ${
          paths.users
        }\n`,
      );
      return 0;
    }
    case 'down':
      await down(paths, signal);
      return 0;
    case 'reset':
      await reset(paths, signal);
      return 0;
    case 'status':
      await showStatus(paths, values.json, signal);
      return 0;
    case 'trust':
      if (!argument)
        throw new SandboxError('trust needs the home folder of the browser', {
          code: 2,
        });
      await trustIn({ paths, signal }, argument);
      return 0;
    default:
      throw new SandboxError(`No command "${command}".\n\n${USAGE}`, {
        code: 2,
      });
  }
}

runMain(main);

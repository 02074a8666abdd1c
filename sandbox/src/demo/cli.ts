import { parseArgs } from 'node:util';
import { SandboxError } from '../errors.ts';
import { findRepo, resolvePaths } from '../paths.ts';
import { demo, endDemo } from './demo.ts';
import { runPortal, secretProvider } from './portal.ts';
import { runMain } from '../runMain.ts';

const USAGE = `./yarnw demo [--name demo] [--line 3.17|3.6] [--secrets kubernetes|vault] [--json FILE] [--replace] [--fresh]
  from nothing to a running MLflow: sandbox, portal, the template run as owner@example.com;
  leaves all running, and a second run finds everything
./yarnw demo --down
  stops portal and sandbox; data stays
./yarnw start [--secrets kubernetes|vault]
  the portal in the foreground, on the sandbox or with app-config.local.yaml
`;

const NEEDS_ROOT = `The demo needs Linux and root: its sandbox makes a bridge, mounts and iptables rules.
The other way is a cluster of your own: describe it as a platform in app-config.local.yaml
(mlflow.platforms, see docs) and start the portal with ./yarnw start.`;

async function main(signal: AbortSignal): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      name: { type: 'string', default: 'demo' },
      line: { type: 'string', default: '3.17' },
      secrets: { type: 'string', default: 'kubernetes' },
      json: { type: 'string' },
      replace: { type: 'boolean', default: false },
      fresh: { type: 'boolean', default: false },
      down: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const paths = resolvePaths(process.env, findRepo(process.env, process.cwd()));
  const secrets = secretProvider(values.secrets);
  if (positionals[0] === 'portal') return runPortal(paths, secrets, signal);
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    throw new SandboxError(NEEDS_ROOT, { code: 2 });
  }
  if (values.down) await endDemo(paths, signal);
  else await demo(paths, { ...values, secrets }, signal);
  return 0;
}

runMain(main);

import { readFileSync, writeFileSync } from 'node:fs';
import { forgetInstance } from '../bench/forgetInstance.ts';
import { down } from '../down.ts';
import { SandboxError } from '../errors.ts';
import type { Context } from '../part.ts';
import type { Paths } from '../paths.ts';
import { logFile } from '../processes.ts';
import { progress } from '../progress.ts';
import { loadSecrets } from '../secrets.ts';
import { up } from '../up.ts';
import { firstLogin } from './login.ts';
import {
  installDependencies,
  PORTAL,
  startPortal,
  stopPortal,
} from './portal.ts';
import type { SecretProvider } from './portal.ts';
import { CREATE_TEMPLATE, instanceState, waitForPortalUser } from './ready.ts';
import { createTask, followTask } from './scaffolder.ts';
import type { PortalUser, TaskResult } from './scaffolder.ts';
import { demoUser } from './users.ts';

/** What `./yarnw demo` is asked for. */
export interface DemoOptions {
  /** Name of the instance. */
  name: string;
  /** Version line, `3.17` or `3.6`. */
  line: string;
  /** File that gets the result as JSON. */
  json?: string;
  replace: boolean;
  /** Remove an instance of that name first, with all its data. */
  fresh: boolean;
  /** Where the portal keeps the secrets of instances. */
  secrets: SecretProvider;
}

/** Seconds of each phase; a phase that had nothing to do is near 0. */
interface DemoSeconds {
  /** Node.js, yarn and the portal's dependencies. */
  toolchain: number;
  sandbox: number;
  portal: number;
  task: number;
  steps: Record<string, number>;
  /** From the creation of the task to the first login. */
  firstLogin?: number;
}

const since = (begin: number) => (Date.now() - begin) / 1000;

const platform = 'sandbox';
const releaseOf = (name: string) =>
  name === 'mlflow' ? 'mlflow' : `mlflow-${name}`;
const entityOf = (name: string) => `${releaseOf(name)}.${platform}`;
const hostOf = (name: string) => `${releaseOf(name)}.localhost`;

/** From nothing to a running MLflow, made by the template as a signed-in user. */
export async function demo(
  paths: Paths,
  options: DemoOptions,
  signal: AbortSignal,
): Promise<void> {
  const say = progress();
  const seconds: DemoSeconds = {
    toolchain: 0,
    sandbox: 0,
    portal: 0,
    task: 0,
    steps: {},
  };
  await prepare(paths, options, signal, say, seconds);
  if (options.fresh) {
    await forget(paths, options.name, signal, say);
  }

  const ca = readFileSync(paths.caCert, 'utf8');
  const owner = demoUser(paths, 'owner');
  const user = await waitForPortalUser(ca, owner, signal);
  say('portal', `signed in as ${user.entityRef}`);

  const mlflow = `https://${hostOf(options.name)}/`;
  const entity = entityOf(options.name);
  // One that was just removed may be in sight for a moment more.
  const known = options.fresh ? undefined : await instanceState(user, entity);
  if (known?.phase === 'Ready') {
    say('instance', `${options.name} was there already and is Ready`);
  } else {
    const begin = Date.now();
    const task = await create(user, options, signal, say);
    seconds.task = since(begin);
    seconds.steps = task.steps;
    await firstLogin(mlflow, ca, owner, signal);
    seconds.firstLogin = since(begin);
    say(
      'instance',
      `first login ${seconds.firstLogin.toFixed(1)} s after Create`,
    );
  }
  const state = await waitUntilReady(user, entity);
  const urls = {
    portal: PORTAL.app,
    entity: `${PORTAL.app}/catalog/default/component/${entity}`,
    mlflow,
    permissions: `${mlflow}oidc/ui/`,
  };
  if (options.json) {
    const result = { ready: state === 'Ready', urls, seconds };
    writeFileSync(options.json, `${JSON.stringify(result, null, 2)}\n`);
  }
  process.stdout.write(summary(paths, urls, seconds));
  if (state !== 'Ready') {
    throw new SandboxError(`The entity page shows ${state}, not Ready`);
  }
}

/** Removes an instance that an earlier demo has left; none is no error. */
async function forget(
  paths: Paths,
  name: string,
  signal: AbortSignal,
  say: (part: string, what: string) => void,
): Promise<void> {
  say('instance', `removing ${name}, if there is one`);
  await forgetInstance(
    {
      paths,
      secrets: loadSecrets(paths),
      signal,
      say: what => say('instance', what),
    },
    name,
  );
}

/** Sandbox and dependencies side by side, then the portal. */
async function prepare(
  paths: Paths,
  options: DemoOptions,
  signal: AbortSignal,
  say: (part: string, what: string) => void,
  seconds: DemoSeconds,
): Promise<void> {
  const begin = Date.now();
  const context = (part: string): Context => ({
    paths,
    secrets: loadSecrets(paths),
    signal,
    say: what => say(part, what),
  });
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  const installing = async () => {
    say('toolchain', 'installing what is missing');
    await installDependencies({ ...context('toolchain'), signal: either });
    seconds.toolchain = since(begin);
    say('toolchain', 'ready');
  };
  const starting = async () => {
    await up(
      paths,
      {
        install: true,
        replace: options.replace,
        with: options.secrets === 'vault' ? ['vault'] : [],
      },
      either,
    );
    seconds.sandbox = since(begin);
  };
  try {
    await Promise.all([starting(), installing()]);
  } catch (error) {
    stop.abort();
    throw error;
  }
  const portal = Date.now();
  say('portal', 'starting');
  await startPortal(context('portal'), options.secrets);
  seconds.portal = since(portal);
  say('portal', 'ready');
}

async function create(
  user: PortalUser,
  options: DemoOptions,
  signal: AbortSignal,
  say: (part: string, what: string) => void,
): Promise<TaskResult> {
  const id = await createTask(user, CREATE_TEMPLATE, {
    platform,
    name: options.name,
    owner: 'group:default/team-a',
    description: 'An MLflow made by the demo',
    line: options.line,
  });
  say('task', `${PORTAL.app}/create/tasks/${id}`);
  const task = await followTask(user, id, signal, (step, line) =>
    say(step ?? 'task', line.replace(/\s+/g, ' ').slice(0, 160)),
  );
  if (task.status !== 'completed') {
    throw new SandboxError(
      `The template ended ${task.status}: ${task.error ?? 'no reason given'}`,
    );
  }
  return task;
}

/** The page learns of the end of the task by its watch, a moment later. */
async function waitUntilReady(
  user: PortalUser,
  entity: string,
): Promise<string> {
  let phase = 'Unknown';
  for (let attempt = 0; attempt < 50 && phase !== 'Ready'; attempt++) {
    phase = (await instanceState(user, entity))?.phase ?? 'Unknown';
    await new Promise(resolve => setTimeout(resolve, 200));
  }
  return phase;
}

function summary(
  paths: Paths,
  urls: Record<string, string>,
  seconds: DemoSeconds,
): string {
  const steps = Object.entries(seconds.steps)
    .map(([step, value]) => `${step} ${value.toFixed(1)}`)
    .join(', ');
  const phases = Object.entries(seconds)
    .filter((entry): entry is [string, number] => typeof entry[1] === 'number')
    .map(([phase, value]) => `${phase} ${value.toFixed(1)}`)
    .join(', ');
  return `
Portal       ${urls.portal}
Entity page  ${urls.entity}
MLflow       ${urls.mlflow}
Permissions  ${urls.permissions}

Sign in with "Keycloak" as owner@example.com, member@example.com, outsider@example.com or
admin@example.com; the generated passwords are in ${paths.users}.
A browser of your own must trust ${paths.caCert}.

Seconds      ${phases}${steps ? `\n  steps      ${steps}` : ''}
Logs         ${logFile(paths, 'portal')}
End it with  ./yarnw demo --down
`;
}

/** Stops portal and sandbox; their data stays. */
export async function endDemo(
  paths: Paths,
  signal: AbortSignal,
): Promise<void> {
  await stopPortal(paths);
  await down(paths, signal);
}

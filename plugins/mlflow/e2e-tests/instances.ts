import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  defaultHost,
  instanceNames,
  InstanceNames,
  instanceUrls,
  Line,
} from 'backstage-plugin-mlflow-common';
import { CREATE_TEMPLATE } from '@internal/mlflow-sandbox/src/demo/ready.ts';
import {
  createTask,
  followTask,
  signIn,
  TaskResult,
} from '@internal/mlflow-sandbox/src/demo/scaffolder.ts';
import { Session } from '@internal/mlflow-sandbox/src/demo/session.ts';
import { demoUser } from '@internal/mlflow-sandbox/src/demo/users.ts';
import { caPem, paths } from './sandbox';

/** An instance that the tests use. */
export interface TestInstance {
  name: string;
  line: Line;
  names: InstanceNames;
  host: string;
  urls: ReturnType<typeof instanceUrls>;
  /** Path of its page in the portal. */
  page: string;
}

/** What a platform of the sandbox calls itself and its domain. */
const PLATFORM = 'sandbox';
const DOMAIN = 'localhost';

/** A name that no other run has. */
export const newName = () => `e2e-${randomBytes(3).toString('hex')}`;

/** All that follows from name and line. */
export function instanceOf(name: string, line: Line): TestInstance {
  const names = instanceNames(name);
  const host = defaultHost(name, DOMAIN);
  return {
    name,
    line,
    names,
    host,
    urls: instanceUrls({ host }),
    page: `/catalog/default/component/${names.release}.${PLATFORM}`,
  };
}

/** The owner of the instances, signed in to the portal's API. */
export const portalOwner = () =>
  signIn(new Session(caPem()), demoUser(paths, 'owner'));

/** What the form of the create template sends. */
export const createInput = (name: string, line: Line) => ({
  platform: PLATFORM,
  name,
  owner: 'group:default/team-a',
  description: 'Made by the end-to-end tests',
  line,
});

/** Runs the template through the scaffolder's API as the owner, to its end. */
export async function runTemplate(
  name: string,
  line: Line,
): Promise<TaskResult> {
  const owner = await portalOwner();
  const id = await createTask(owner, CREATE_TEMPLATE, createInput(name, line));
  return followTask(owner, id, AbortSignal.timeout(300_000), () => {});
}

/** Empty at the start of each run, so that no run uses what another left. */
const fileOf = (line: Line) =>
  join(paths.repo, 'node_modules/.cache/e2e-test-results', `instance-${line}`);

/** Lets the later tests of this run use an instance that one of them made. */
export function remember({ name, line }: TestInstance): void {
  mkdirSync(dirname(fileOf(line)), { recursive: true });
  writeFileSync(fileOf(line), name);
}

/**
 * The run's instance of a line: `E2E_INSTANCE_3_17` or `E2E_INSTANCE_3_6`
 * when it names one, else the one that this run made already, else a new one.
 *
 * @throws Error with the task's reason when it cannot be made
 */
export async function sharedInstance(line: Line): Promise<TestInstance> {
  const given = process.env[`E2E_INSTANCE_${line.replace('.', '_')}`];
  if (given) {
    return instanceOf(given, line);
  }
  if (existsSync(fileOf(line))) {
    return instanceOf(readFileSync(fileOf(line), 'utf8'), line);
  }
  const instance = instanceOf(newName(), line);
  const { status, error } = await runTemplate(instance.name, line);
  if (status !== 'completed') {
    throw new Error(`The instance of line ${line} was not made: ${error}`);
  }
  remember(instance);
  return instance;
}

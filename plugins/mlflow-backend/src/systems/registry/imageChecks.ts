import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import Docker from 'dockerode';
import { abortable } from '../abortable';
import { checkLabels, listChecks, removeEndedChecks } from './checkLeftovers';

/** How long a task that was cancelled waits for the removal of its check. */
const REMOVE_MS = 3_000;

/** uid and gid as which the image must run. */
const USER = '1001:1001';

/** An image that is to be checked. */
export interface CheckedImage {
  id: string;
  /** What it is called meanwhile. */
  candidate: string;
  /** The version that it must say it has. */
  mlflow: string;
}

/** Commands that an image must pass before it counts. */
export function imageChecks(
  mlflow: string,
): { command: string[]; expected?: RegExp }[] {
  const version = mlflow.replace(/\./g, '\\.');
  return [
    {
      command: ['mlflow', '--version'],
      expected: new RegExp(`(^|\\s)${version}(\\s|$)`),
    },
    { command: ['mlflow-image-check'] },
  ];
}

const checkContainer = (image: string, command: string[]) => ({
  Image: image,
  Cmd: command,
  WorkingDir: '/tmp',
  HostConfig: {
    ReadonlyRootfs: true,
    Tmpfs: { '/tmp': '' },
    NetworkMode: 'none',
    CapDrop: ['ALL'],
    SecurityOpt: ['no-new-privileges'],
  },
});

/**
 * Runs the checks as pods run the image: its own user, read-only root, no
 * rights, no network. Removes what a backend that died in its checks has left.
 *
 * @throws Error that says which check failed and how
 */
export async function runImageChecks(
  docker: Docker,
  { id, candidate, mlflow }: CheckedImage,
  onLine: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const { Config } = await abortable(docker.getImage(id).inspect(), signal);
  if (Config.User !== USER) {
    throw new Error(`it runs as "${Config.User}" and not as ${USER}`);
  }
  const before = await abortable(listChecks(docker, candidate), signal);
  for (const { command, expected } of imageChecks(mlflow)) {
    const container = await docker.createContainer({
      ...checkContainer(id, command),
      Labels: checkLabels(candidate),
      abortSignal: signal,
    });
    const { code, output } = await runOnce(docker, container, signal);
    output.split('\n').forEach(line => onLine(line.slice(0, 500)));
    if (code !== 0) {
      throw new Error(`\`${command.join(' ')}\` ended with ${code}`);
    }
    if (expected && !expected.test(output)) {
      throw new Error(`\`${command.join(' ')}\` does not say ${mlflow}`);
    }
  }
  await abortable(removeEndedChecks(docker, candidate, before), signal);
}

async function runOnce(
  docker: Docker,
  container: Docker.Container,
  signal: AbortSignal,
): Promise<{ code: number; output: string }> {
  try {
    await container.start({ abortSignal: signal });
    const { StatusCode } = await abortable(container.wait(), signal);
    const logs = await abortable(
      container.logs({ stdout: true, stderr: false }),
      signal,
    );
    return { code: Number(StatusCode), output: await demultiplex(logs) };
  } finally {
    await remove(container, signal);
  }

  async function demultiplex(logs: Buffer): Promise<string> {
    const stdout = new PassThrough();
    const source = new PassThrough();
    docker.modem.demuxStream(source, stdout, new PassThrough());
    const read = text(stdout);
    source.end(logs, () => stdout.end());
    return (await read).trim();
  }
}

/** @throws Error of the engine, unless the task was cancelled, which tells more */
async function remove(
  container: Docker.Container,
  signal: AbortSignal,
): Promise<void> {
  const within = signal.aborted ? AbortSignal.timeout(REMOVE_MS) : signal;
  const removing = container.remove({ force: true });
  await abortable(removing, within).catch(error => {
    signal.throwIfAborted();
    throw error;
  });
}

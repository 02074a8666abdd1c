import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import Docker from 'dockerode';
import { abortable } from '../abortable';

/** uid and gid as which the image must run. */
const USER = '1001:1001';

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

/**
 * Runs the checks as pods run the image: its own user, read-only root, no
 * rights, no network.
 *
 * @throws Error that says which check failed and how
 */
export async function runImageChecks(
  docker: Docker,
  image: string,
  mlflow: string,
  onLine: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const { Config } = await docker.getImage(image).inspect();
  if (Config.User !== USER) {
    throw new Error(`it runs as "${Config.User}" and not as ${USER}`);
  }
  for (const { command, expected } of imageChecks(mlflow)) {
    const { code, output } = await runOnce(docker, image, command, signal);
    output.split('\n').forEach(line => onLine(line.slice(0, 500)));
    if (code !== 0) {
      throw new Error(`\`${command.join(' ')}\` ended with ${code}`);
    }
    if (expected && !expected.test(output)) {
      throw new Error(`\`${command.join(' ')}\` does not say ${mlflow}`);
    }
  }
}

async function runOnce(
  docker: Docker,
  image: string,
  command: string[],
  signal: AbortSignal,
): Promise<{ code: number; output: string }> {
  const container = await docker.createContainer({
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
  try {
    await container.start();
    const { StatusCode } = await abortable(container.wait(), signal);
    const logs = await container.logs({ stdout: true, stderr: false });
    return { code: Number(StatusCode), output: await demultiplex(logs) };
  } finally {
    await container.remove({ force: true });
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

import { spawn } from 'node:child_process';
import { Agent } from 'node:http';
import { Duplex } from 'node:stream';

/** How much of what `ssh` complains about is kept, in characters. */
const MAX_COMPLAINT = 300;

/**
 * HTTP over `ssh … docker system dial-stdio`, as Docker's own client does it.
 * OpenSSH checks the host's key and knows the user's keys, agent and settings;
 * a library would have to be told each of them, and the host key first of all.
 */
export class SshAgent extends Agent {
  /**
   * @param target - `ssh://[user@]host[:port]`
   * @param env - environment of the `ssh` command
   */
  constructor(
    private readonly target: URL,
    private readonly env: NodeJS.ProcessEnv,
  ) {
    super({ keepAlive: false });
  }

  override createConnection(): Duplex {
    const child = spawn('ssh', sshArguments(this.target), { env: this.env });
    const connection = new Duplex({
      read: () => child.stdout.resume(),
      write: (chunk, _, done) => child.stdin.write(chunk, done),
      final: done => child.stdin.end(done),
      destroy: (error, done) => {
        child.kill();
        done(error);
      },
    });
    child.stdout.on('data', chunk => {
      if (!connection.push(chunk)) {
        child.stdout.pause();
      }
    });
    let complaint = '';
    child.stderr.on('data', chunk => {
      complaint = `${complaint}${chunk}`.slice(-MAX_COMPLAINT);
    });
    // The end of the command says why; a broken pipe says nothing.
    child.stdin.on('error', () => {});
    child.on('error', error => connection.destroy(error));
    child.on('close', code => {
      if (code === 0) {
        connection.push(null);
      } else {
        const reason = complaint.trim() || `ended with ${code}`;
        connection.destroy(new Error(`ssh: ${reason}`));
      }
    });
    return connection;
  }
}

/** Arguments of the `ssh` command that reaches the Docker engine of a host. */
export function sshArguments({ hostname, port, username }: URL): string[] {
  return [
    '-T',
    ...['-o', 'BatchMode=yes', '-o', 'ConnectTimeout=20'],
    ...(port ? ['-p', port] : []),
    ...(username ? ['-l', decodeURIComponent(username)] : []),
    '--',
    hostname,
    'docker system dial-stdio',
  ];
}

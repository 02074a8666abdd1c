import { spawn } from 'node:child_process';
import { Agent } from 'node:http';
import { Duplex } from 'node:stream';

/**
 * HTTP over `ssh … docker system dial-stdio`, as Docker's own client does it.
 * OpenSSH checks the host's key and knows the user's keys, agent and settings;
 * a library would have to be told each of them, and the host key first of all.
 */
export class SshAgent extends Agent {
  /** @param target - `ssh://[user@]host[:port]` */
  constructor(private readonly target: URL) {
    super({ keepAlive: false });
  }

  override createConnection(): Duplex {
    const child = spawn('ssh', sshArguments(this.target), {
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const connection = Duplex.from({
      readable: child.stdout,
      writable: child.stdin,
    });
    let complaint = '';
    child.stderr.on('data', chunk => {
      complaint = `${complaint}${chunk}`.slice(-300);
    });
    child.on('error', error => connection.destroy(error));
    child.on('close', code => {
      if (code && !connection.destroyed) {
        const reason = complaint.trim() || `it ended with ${code}`;
        connection.destroy(new Error(`ssh: ${reason}`));
      }
    });
    connection.on('close', () => child.kill());
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

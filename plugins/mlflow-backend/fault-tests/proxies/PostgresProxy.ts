import { once } from 'node:events';
import net from 'node:net';
import tls from 'node:tls';
import { listen } from './listen.ts';
import type { Address, Proxy } from './listen.ts';
import {
  beginsTransaction,
  MessageReader,
  postgresMutation,
  refusal,
  SSL_REQUEST,
  sslRequest,
} from './postgresMessages.ts';
import type { Message } from './postgresMessages.ts';
import type { Mutation, Recorder } from './Recorder.ts';

/** What the proxy needs to know. */
export interface PostgresProxyOptions {
  address: Address;
  upstream: { host: string; port: number; ca: Buffer };
  recorder: Recorder;
  /** Certificate and key, for the address that clients ask for. */
  tls: { cert: Buffer; key: Buffer };
}

const IN_TRANSACTION = 0x54;

async function readFirst(socket: net.Socket, size: number): Promise<Buffer> {
  for (;;) {
    const chunk: Buffer | null = socket.read(size);
    if (chunk) return chunk;
    await once(socket, 'readable');
  }
}

/** TLS towards the client, which insists on it. */
async function accept(
  socket: net.Socket,
  { cert, key }: PostgresProxyOptions['tls'],
): Promise<tls.TLSSocket> {
  const packet = await readFirst(socket, 8);
  if (packet.readInt32BE(4) !== SSL_REQUEST) {
    throw new Error('The client asked for no TLS.');
  }
  socket.write('S');
  return new tls.TLSSocket(socket, { isServer: true, cert, key });
}

async function connect({
  upstream: { host, port, ca },
}: PostgresProxyOptions): Promise<tls.TLSSocket> {
  const socket = net.connect(port, host);
  socket.write(sslRequest());
  await readFirst(socket, 1);
  const secure = tls.connect({ socket, host, ca });
  await once(secure, 'secureConnect');
  return secure;
}

/** One connection: passes messages on, one statement at a time. */
class PostgresSession {
  readonly #client: tls.TLSSocket;
  readonly #server: tls.TLSSocket;
  readonly #recorder: Recorder;
  readonly #fromClient = new MessageReader({ untypedFirst: true });
  readonly #fromServer = new MessageReader({ untypedFirst: false });
  #underway?: Mutation;
  #status = 0;
  #refusing = false;
  /** Whether the transaction has a change in it. */
  #changed = false;
  /** Messages are worked off one after the other, however they come in. */
  #clientTurn = Promise.resolve();
  #serverTurn = Promise.resolve();

  constructor(
    client: tls.TLSSocket,
    server: tls.TLSSocket,
    recorder: Recorder,
  ) {
    this.#client = client;
    this.#server = server;
    this.#recorder = recorder;
    client.on('data', chunk => {
      for (const message of this.#fromClient.push(chunk)) {
        this.#clientTurn = this.#clientTurn.then(() => this.#ask(message));
      }
    });
    server.on('data', chunk => {
      for (const message of this.#fromServer.push(chunk)) {
        this.#serverTurn = this.#serverTurn.then(() => this.#answer(message));
      }
    });
    for (const end of [client, server]) {
      end.on('error', () => end.destroy());
      end.on('close', () => {
        client.destroy();
        server.destroy();
      });
    }
  }

  async #ask(message: Message): Promise<void> {
    if (this.#refusing) {
      // What belongs to a refused statement is left out, up to its Sync.
      if (message.type === 'S') this.#refuse();
      return;
    }
    const mutation = this.#mutationOf(message);
    if (mutation && (await this.#recorder.before(mutation)) === 'refuse') {
      if (message.type === 'P') this.#refusing = true;
      else this.#refuse();
      return;
    }
    if (this.#client.destroyed) return;
    this.#underway = mutation ?? this.#underway;
    this.#server.write(message.bytes);
  }

  /** The end of a transaction in which nothing was changed changes nothing. */
  #mutationOf(message: Message): Mutation | undefined {
    if (beginsTransaction(message)) this.#changed = false;
    const mutation = postgresMutation(message);
    const commits = mutation?.what === 'COMMIT';
    if (commits && !this.#changed) return undefined;
    this.#changed = commits ? false : this.#changed || mutation !== undefined;
    return mutation;
  }

  #refuse(): void {
    this.#refusing = false;
    this.#client.write(refusal(this.#status === IN_TRANSACTION));
  }

  /** Nothing of a mutation's answer reaches the client before `after` is over. */
  async #answer({ type, bytes }: Message): Promise<void> {
    if (this.#underway && type !== 'N') {
      const mutation = this.#underway;
      this.#underway = undefined;
      await this.#recorder.after(mutation);
    }
    if (type === 'Z') this.#status = bytes[5];
    if (!this.#client.destroyed) this.#client.write(bytes);
  }
}

/** Starts a proxy for PostgreSQL's protocol. */
export async function startPostgresProxy(
  options: PostgresProxyOptions,
): Promise<Proxy> {
  const serve = async (socket: net.Socket) => {
    const client = await accept(socket, options.tls);
    const server = await connect(options);
    return new PostgresSession(client, server, options.recorder);
  };
  const server = net.createServer(socket => {
    serve(socket).catch(() => socket.destroy());
  });
  const close = await listen(server, options.address);
  return { close };
}

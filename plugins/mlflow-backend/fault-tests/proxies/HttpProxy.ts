import http from 'node:http';
import https from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { mayMutate } from './httpMutations.ts';
import type { Classify, Request } from './httpMutations.ts';
import type { Recorder } from './Recorder.ts';
import { listen } from './listen.ts';
import type { Address, Proxy } from './listen.ts';

/** The system behind a proxy. */
export interface Upstream {
  /** `http:` or `https:` address; its path is not used. */
  url?: string;
  /** A socket of the machine instead of a `url`. */
  socketPath?: string;
  ca?: Buffer;
  classify: Classify;
  /** Told of each answer to a request that was no stream. */
  learn?(request: Request, answer: { location?: string; body: Buffer }): void;
}

/** What a proxy needs to know. */
export interface HttpProxyOptions {
  address: Address;
  recorder: Recorder;
  /** Certificate and key for a host; without it the proxy speaks plain HTTP. */
  tls?: https.ServerOptions;
  /** Which system a request goes to, by the host that it asks for. */
  upstream(host: string): Upstream;
}

async function read(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const REFUSAL = JSON.stringify({
  kind: 'Status',
  status: 'Failure',
  code: 500,
  reason: 'InternalError',
  message: 'refused by the fault harness',
});

/** Passes requests on, and lets a recorder hold or refuse those that change something. */
class HttpForwarder {
  readonly #options: HttpProxyOptions;
  readonly #agents = [
    new http.Agent({ keepAlive: true }),
    new https.Agent({ keepAlive: true }),
  ] as const;

  constructor(options: HttpProxyOptions) {
    this.#options = options;
  }

  close(): void {
    this.#agents.forEach(agent => agent.destroy());
  }

  async handle(request: IncomingMessage, response: ServerResponse) {
    const upstream = this.#options.upstream(request.headers.host ?? '');
    if (mayMutate(request.method)) {
      await this.#mutation(upstream, request, response);
      return;
    }
    const forwarded = this.#send(upstream, request, answer => {
      const learned = upstream.learn && readUnderway(answer);
      response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      response.flushHeaders(); // a watch may be silent for long
      answer.pipe(response);
      learned?.then(body => upstream.learn?.(requestOf(request), { body }));
    });
    forwarded.on('error', () => response.destroy());
    response.on('close', () => forwarded.destroy());
    request.pipe(forwarded);
  }

  async #mutation(
    upstream: Upstream,
    request: IncomingMessage,
    response: ServerResponse,
  ) {
    const { recorder } = this.#options;
    const whole = { ...requestOf(request), body: await read(request) };
    const mutation = upstream.classify(whole);
    if (mutation && (await recorder.before(mutation)) === 'refuse') {
      response.writeHead(500, { 'content-type': 'application/json' });
      response.end(REFUSAL);
      return;
    }
    if (response.destroyed) return; // its client was killed while it was held
    const forwarded = this.#send(upstream, request, async answer => {
      const body = await read(answer);
      upstream.learn?.(whole, { location: answer.headers.location, body });
      if (mutation) await recorder.after(mutation);
      if (response.destroyed) return;
      response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      response.end(body);
    });
    forwarded.on('error', () => response.destroy());
    forwarded.end(whole.body);
  }

  /** A connection that changes its protocol, as port forwarding does. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer) {
    const upstream = this.#options.upstream(request.headers.host ?? '');
    const forwarded = this.#send(upstream, request, answer => {
      socket.end(`HTTP/1.1 ${answer.statusCode} \r\n\r\n`);
    });
    forwarded.on('upgrade', (answer, other, otherHead) => {
      socket.write(
        [
          `HTTP/1.1 ${answer.statusCode} ${answer.statusMessage}`,
          ...Object.entries(answer.headers).map(([k, v]) => `${k}: ${v}`),
          '\r\n',
        ].join('\r\n'),
      );
      other.unshift(otherHead);
      socket.unshift(head);
      for (const end of [socket, other]) {
        end.on('error', () => end.destroy());
        end.on('close', () => {
          socket.destroy();
          other.destroy();
        });
      }
      socket.pipe(other).pipe(socket);
    });
    forwarded.on('error', () => socket.destroy());
    forwarded.end();
  }

  #send(
    upstream: Upstream,
    { method, url, rawHeaders, headers }: IncomingMessage,
    onAnswer: (answer: IncomingMessage) => void,
  ) {
    const { protocol, hostname, port } = new URL(
      upstream.url ?? 'http://localhost',
    );
    const secure = protocol === 'https:';
    const options = {
      method,
      path: url,
      headers: rawHeaders,
      host: hostname,
      port: port || undefined,
      socketPath: upstream.socketPath,
      ca: upstream.ca,
      servername: secure ? serverName(headers.host ?? '') : undefined,
      agent: headers.upgrade ? false : this.#agents[secure ? 1 : 0],
    };
    return secure
      ? https.request(options, onAnswer)
      : http.request(options, onAnswer);
  }
}

/** A name goes on as it is asked for; an address is no server name in TLS. */
function serverName(host: string): string {
  const name = host.replace(/:\d+$/, '');
  return /^[\d.]+$/.test(name) ? '' : name;
}

function requestOf({ method, url, headers }: IncomingMessage): Request {
  return {
    method: method ?? 'GET',
    url: new URL(url ?? '/', 'http://proxy'),
    headers,
    body: Buffer.alloc(0),
  };
}

/** The body of an answer that is also piped on; only when it is no watch. */
function readUnderway(answer: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  answer.on('data', chunk => chunks.push(chunk));
  return new Promise(resolve =>
    answer.on('end', () => resolve(Buffer.concat(chunks))),
  );
}

/** Starts a proxy for HTTP or HTTPS. */
export async function startHttpProxy(
  options: HttpProxyOptions,
): Promise<Proxy> {
  const forwarder = new HttpForwarder(options);
  const server = options.tls
    ? https.createServer(options.tls)
    : http.createServer();
  server.requestTimeout = 0;
  server.headersTimeout = 0;
  server.on('request', (request, response) => {
    forwarder.handle(request, response).catch(() => response.destroy());
  });
  server.on('upgrade', (request, socket, head) =>
    forwarder.upgrade(request, socket, head),
  );
  const close = await listen(server, options.address);
  return {
    async close() {
      server.closeAllConnections();
      forwarder.close();
      await close();
    },
  };
}

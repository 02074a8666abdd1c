import http from 'node:http';
import https from 'node:https';

/** How a system has its day. */
export type Day =
  | 'good'
  /** Takes the request and says nothing. */
  | 'silent'
  /** Ends the connection in the middle of the answer. */
  | 'cut'
  /** Answers each request with this status and nothing of use. */
  | { status: number };

/**
 * Stands before a real HTTP system and lets it have bad days. On a good one all
 * goes through, so that a test sees the same client work again.
 */
export class BadDayProxy {
  day: Day = 'good';
  readonly #server: http.Server;
  readonly #target: URL;
  readonly #ca?: string;
  readonly #headers: http.OutgoingHttpHeaders;

  /** @param options - `ca` of the target; `headers` in place of the client's */
  static async listen(
    target: string,
    options: { ca?: string; headers?: http.OutgoingHttpHeaders } = {},
  ): Promise<BadDayProxy> {
    const proxy = new BadDayProxy(new URL(target), options);
    await new Promise<void>(resolve =>
      proxy.#server.listen(0, '127.0.0.1', resolve),
    );
    return proxy;
  }

  private constructor(
    target: URL,
    options: { ca?: string; headers?: http.OutgoingHttpHeaders },
  ) {
    this.#target = target;
    this.#ca = options.ca;
    this.#headers = options.headers ?? {};
    this.#server = http.createServer((request, response) =>
      this.#handle(request, response),
    );
  }

  get url(): string {
    const address = this.#server.address();
    if (!address || typeof address === 'string') {
      throw new Error('The proxy does not listen.');
    }
    return `http://127.0.0.1:${address.port}`;
  }

  /** From now on nobody listens. */
  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }

  #handle(request: http.IncomingMessage, response: http.ServerResponse) {
    const { day } = this;
    if (day === 'silent') {
      return;
    }
    if (day === 'cut') {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('{');
      setImmediate(() => request.socket.destroy());
      return;
    }
    if (day !== 'good') {
      response.writeHead(day.status, { 'content-type': 'text/plain' });
      response.end('a page of some load balancer, with s3cr3t');
      return;
    }
    this.#forward(request, response);
  }

  #forward(request: http.IncomingMessage, response: http.ServerResponse) {
    const send =
      this.#target.protocol === 'https:' ? https.request : http.request;
    const upstream = send(
      new URL(request.url ?? '/', this.#target),
      {
        method: request.method,
        headers: { ...request.headers, ...this.#headers },
        ca: this.#ca,
      },
      answer => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    upstream.on('error', () => response.destroy());
    request.pipe(upstream);
  }
}

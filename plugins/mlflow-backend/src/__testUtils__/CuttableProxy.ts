import net from 'node:net';

/**
 * A TCP connection to another server that a test can cut: what a network or an
 * API server does to a watch when it fails.
 */
export class CuttableProxy {
  readonly #server: net.Server;
  readonly #sockets = new Set<net.Socket>();
  #refusing = false;
  #mute = false;

  /**
   * @param target - `host:port`
   * @param address - where to listen; any free port of loopback when left out
   */
  static async listen(
    target: URL,
    address: { host: string; port: number } = { host: '127.0.0.1', port: 0 },
  ): Promise<CuttableProxy> {
    const proxy = new CuttableProxy(target);
    await new Promise<void>((resolve, reject) => {
      proxy.#server.once('error', reject);
      proxy.#server.listen(address.port, address.host, resolve);
    });
    return proxy;
  }

  private constructor(target: URL) {
    this.#server = net.createServer(socket => {
      if (this.#refusing) {
        socket.destroy();
        return;
      }
      const upstream = net.connect(Number(target.port), target.hostname);
      for (const end of [socket, upstream]) {
        this.#sockets.add(end);
        end.on('error', () => end.destroy());
        end.on('close', () => {
          this.#sockets.delete(end);
          socket.destroy();
          upstream.destroy();
        });
      }
      const pass = (to: net.Socket) => (data: Buffer) =>
        void (this.#mute || to.write(data));
      socket.on('data', pass(upstream));
      upstream.on('data', pass(socket));
    });
  }

  get url(): string {
    const address = this.#server.address();
    if (!address || typeof address === 'string') {
      throw new Error('The proxy does not listen.');
    }
    return `https://127.0.0.1:${address.port}`;
  }

  /** Connections that are open now. */
  get connections(): number {
    return this.#sockets.size;
  }

  /** Cuts all connections and lets no new one through. */
  cut(): void {
    this.#refusing = true;
    this.#sockets.forEach(socket => socket.destroy());
  }

  /** Keeps all connections and lets nothing through: a network that hangs. */
  mute(): void {
    this.#mute = true;
  }

  mend(): void {
    this.#refusing = false;
    this.#mute = false;
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise(resolve => this.#server.close(resolve));
  }
}

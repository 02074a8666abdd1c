import { rmSync } from 'node:fs';
import type { Server, Socket } from 'node:net';

/** Where a proxy listens: at an address of loopback, or at a socket file. */
export type Address = { host: string; port: number } | { path: string };

/** Stands between the backend and one system. */
export interface Proxy {
  /** Cuts every connection and stops. */
  close(): Promise<void>;
}

/** Listens. @returns what cuts all connections and stops */
export async function listen(
  server: Server,
  address: Address,
): Promise<() => Promise<void>> {
  const sockets = new Set<Socket>();
  server.on('connection', socket => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  });
  if ('path' in address) {
    rmSync(address.path, { force: true });
  }
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(address, resolve);
  });
  return async () => {
    sockets.forEach(socket => socket.destroy());
    await new Promise(resolve => server.close(resolve));
  };
}

import {
  AUTH_HOST,
  NODE_IP,
  PORTS,
} from '@internal/mlflow-sandbox/src/addresses.ts';
import type { YamlValue } from '@internal/mlflow-sandbox/src/yaml.ts';
import { CuttableProxy } from '../src/__testUtils__/CuttableProxy.ts';

/** Address of a stage alone, where its portal finds the identity provider. */
const hostOf = (stage: number) => `127.0.7.${90 + stage}`;

/** Ports on the bridge, where portal and pods of a stage find the systems. */
const portsOf = (stage: number) => ({
  postgres: 25432 + stage,
  minio: 29000 + stage,
  keycloak: 28443 + stage,
});

type Proxies = Record<
  'postgres' | 'minio' | 'keycloakOfPods' | 'keycloakOfPortal',
  CuttableProxy
>;

/** A system that can be out of reach, for this harness and nobody else. */
export interface System {
  cut(): void;
  mend(): void;
}

/**
 * PostgreSQL, object store and Keycloak are shared with others and are never
 * stopped. Between them and the harness's portal and instances lies a proxy
 * each, which passes bytes on or, cut, does what a server does that is down.
 */
export class Systems {
  readonly #proxies: Proxies;

  /** @param stage - number of the stage, which has ports of its own */
  static async start(stage: number): Promise<Systems> {
    const own = portsOf(stage);
    const bridge = (to: number, port: number) =>
      CuttableProxy.listen(new URL(`http://${NODE_IP}:${to}`), {
        host: NODE_IP,
        port,
      });
    return new Systems({
      postgres: await bridge(PORTS.postgres, own.postgres),
      minio: await bridge(PORTS.minio, own.minio),
      keycloakOfPods: await bridge(PORTS.keycloak, own.keycloak),
      keycloakOfPortal: await CuttableProxy.listen(
        // A URL forgets the port that its scheme has.
        new URL(`http://127.0.0.1:${PORTS.websecure}`),
        { host: hostOf(stage), port: PORTS.websecure },
      ),
    });
  }

  private constructor(proxies: Proxies) {
    this.#proxies = proxies;
  }

  get postgres(): System {
    return this.#proxies.postgres;
  }

  get objectStore(): System {
    return this.#proxies.minio;
  }

  get keycloak(): System {
    const { keycloakOfPods, keycloakOfPortal } = this.#proxies;
    return {
      cut() {
        keycloakOfPods.cut();
        keycloakOfPortal.cut();
      },
      mend() {
        keycloakOfPods.mend();
        keycloakOfPortal.mend();
      },
    };
  }

  async stop(): Promise<void> {
    for (const proxy of Object.values(this.#proxies)) await proxy.close();
  }

  /**
   * What the portal is told of the systems.
   *
   * @param realm - what it is told of its realm
   */
  static config(
    stage: number,
    realm: { [key: string]: YamlValue },
  ): { [key: string]: YamlValue } {
    const own = portsOf(stage);
    const postgres = { host: NODE_IP, port: own.postgres };
    const endpoint = `http://${NODE_IP}:${own.minio}`;
    return {
      postgres: { ...postgres, inCluster: postgres },
      objectStore: { endpoint, inCluster: { endpoint } },
      keycloak: {
        ...realm,
        inCluster: { url: `https://${NODE_IP}:${own.keycloak}` },
      },
    };
  }

  /** Taken for /etc/hosts by the portal. */
  static hosts(stage: number): string {
    const lines = ['127.0.0.1 localhost', `${hostOf(stage)} ${AUTH_HOST}`];
    return [...lines, ''].join('\n');
  }
}

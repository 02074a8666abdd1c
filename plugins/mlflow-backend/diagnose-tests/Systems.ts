import {
  AUTH_HOST,
  NODE_IP,
  PORTS,
} from '@internal/mlflow-sandbox/src/addresses.ts';
import type { YamlValue } from '@internal/mlflow-sandbox/src/yaml.ts';
import { CuttableProxy } from '../src/__testUtils__/CuttableProxy.ts';

/** Address of the harness alone, where its portal finds the identity provider. */
export const STAGE_HOST = '127.0.7.90';

/** Ports on the bridge, where portal and pods of the harness find the systems. */
const OWN = { postgres: 25432, minio: 29000, keycloak: 28443 };

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

  static async start(): Promise<Systems> {
    const bridge = (to: number, port: number) =>
      CuttableProxy.listen(new URL(`http://${NODE_IP}:${to}`), {
        host: NODE_IP,
        port,
      });
    return new Systems({
      postgres: await bridge(PORTS.postgres, OWN.postgres),
      minio: await bridge(PORTS.minio, OWN.minio),
      keycloakOfPods: await bridge(PORTS.keycloak, OWN.keycloak),
      keycloakOfPortal: await CuttableProxy.listen(
        // A URL forgets the port that its scheme has.
        new URL(`http://127.0.0.1:${PORTS.websecure}`),
        { host: STAGE_HOST, port: PORTS.websecure },
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
  static config(realm: { [key: string]: YamlValue }): {
    [key: string]: YamlValue;
  } {
    const postgres = { host: NODE_IP, port: OWN.postgres };
    const endpoint = `http://${NODE_IP}:${OWN.minio}`;
    return {
      postgres: { ...postgres, inCluster: postgres },
      objectStore: { endpoint, inCluster: { endpoint } },
      keycloak: {
        ...realm,
        inCluster: { url: `https://${NODE_IP}:${OWN.keycloak}` },
      },
    };
  }

  /** Taken for /etc/hosts by the portal. */
  static hosts(): string {
    return ['127.0.0.1 localhost', `${STAGE_HOST} ${AUTH_HOST}`, ''].join('\n');
  }
}

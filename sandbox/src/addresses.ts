/**
 * Every address and port of the sandbox. All of them lie on loopback or on the
 * bridge `sandbox0`, so nothing is reachable from another machine.
 */
export const NODE_IP = '10.244.0.1';
export const POD_CIDR = '10.244.0.0/24';
export const CLUSTER_CIDR = '10.244.0.0/16';
export const SERVICE_CIDR = '10.96.0.0/16';
export const DNS_SERVICE_IP = '10.96.0.10';
export const BRIDGE = 'sandbox0';
export const NODE_NAME = 'sandbox';

/** Ports by what listens there; the comment says on which address. */
export const PORTS = {
  kubernetes: 6443, // bridge
  kubelet: 10250, // bridge
  dns: 53, // bridge
  dnsHealth: 8053, // bridge
  dnsReady: 8054, // bridge
  etcd: 2379, // loopback
  etcdPeer: 2380, // loopback
  postgres: 5432, // bridge
  minio: 9000, // bridge
  keycloak: 8443, // bridge
  keycloakManagement: 9990, // loopback
  registry: 30500, // loopback
  web: 80, // loopback (IPv4, IPv6), bridge
  websecure: 443, // loopback (IPv4, IPv6), bridge
  traefikPing: 9991, // loopback
  vault: 8200, // bridge
  vaultCluster: 8201, // loopback
  externalSecretsMetrics: 9992, // loopback
  prometheus: 9090, // loopback
} as const;

export const REALM = 'sandbox';
export const AUTH_HOST = 'auth.localhost';
export const AUTH_URL = `https://${AUTH_HOST}`;
export const ISSUER = `${AUTH_URL}/realms/${REALM}`;
export const PROMETHEUS_URL = `http://127.0.0.1:${PORTS.prometheus}`;
export const VAULT_URL = `https://${NODE_IP}:${PORTS.vault}`;
export const REGISTRY = `localhost:${PORTS.registry}`;
export const BASE_IMAGE = 'sandbox.local/trixie:1';
export const PAUSE_IMAGE = 'sandbox.local/pause:1';
export const PORTAL_URL = 'http://localhost:7007';
export const RECORDS_NAMESPACE = 'backstage-mlflow';

/** Names under which pods reach what runs on the host. */
export const IN_CLUSTER = {
  postgres: 'postgres-cluster-rw.postgres.svc.cluster.local',
  minio: 'minio.minio.svc.cluster.local',
  keycloak: 'keycloak.keycloak.svc.cluster.local',
} as const;

/** The addresses as written to `addresses.json` and shown by `status`. */
export function addresses() {
  return {
    kubernetes: `https://${NODE_IP}:${PORTS.kubernetes}`,
    postgres: { host: NODE_IP, port: PORTS.postgres },
    minio: `http://${NODE_IP}:${PORTS.minio}`,
    keycloak: AUTH_URL,
    keycloakDirect: `https://${NODE_IP}:${PORTS.keycloak}`,
    issuer: ISSUER,
    vault: VAULT_URL,
    prometheus: PROMETHEUS_URL,
    registry: `http://127.0.0.1:${PORTS.registry}`,
    images: `${REGISTRY}/mlflow`,
    ingress: 'https://<name>.localhost',
    inCluster: {
      postgres: `${IN_CLUSTER.postgres}:${PORTS.postgres}`,
      minio: `http://${IN_CLUSTER.minio}:${PORTS.minio}`,
      keycloak: `https://${IN_CLUSTER.keycloak}:${PORTS.keycloak}`,
    },
  };
}

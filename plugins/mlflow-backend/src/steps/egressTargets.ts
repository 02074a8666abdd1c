import { isIP } from 'node:net';
import { PlatformConfig } from '../platform/config';

/** Where pods may connect to, as a NetworkPolicy can say it. */
export interface EgressTarget {
  /** What it is for, for people, for example `PostgreSQL`. */
  purpose: string;
  target:
    | { kind: 'cidr'; cidr: string }
    | { kind: 'namespace'; name: string }
    | { kind: 'anywhere'; host: string };
  /** Empty for all. */
  ports: number[];
}

const SERVICE = /^[^.]+\.([^.]+)\.svc(?:\..+)?$/;

/**
 * The systems that a server calls, and what the platform's config adds. A
 * policy knows addresses and labels, no names: a Service is opened by its
 * namespace, any other host name by its port alone.
 */
export function egressTargets(config: PlatformConfig): EgressTarget[] {
  const { postgres, objectStore, keycloak, networkPolicy } = config;
  const database = postgres.inCluster ?? postgres;
  return [
    targetOf('PostgreSQL', database.host, database.port),
    ofUrl(
      'object store',
      objectStore.inCluster?.endpoint ?? objectStore.endpoint,
    ),
    ofUrl('Keycloak', keycloak.inCluster?.url ?? keycloak.url),
    ...networkPolicy.extraEgress.map(
      ({ cidr, namespace, ports }): EgressTarget => ({
        purpose: 'extraEgress',
        target:
          cidr === undefined
            ? { kind: 'namespace', name: namespace ?? '' }
            : { kind: 'cidr', cidr },
        ports,
      }),
    ),
  ];
}

/**
 * Says which ports are open to every address, since only a name is known of the
 * system behind; undefined when none is.
 */
export function openPorts(config: PlatformConfig): string | undefined {
  const open = egressTargets(config).flatMap(({ purpose, target, ports }) =>
    target.kind === 'anywhere'
      ? [`${ports.join(', ')} for ${purpose} at ${target.host}`]
      : [],
  );
  return open.length > 0
    ? `a policy knows no names, so these ports are open to every address: ${open.join(
        '; ',
      )}`
    : undefined;
}

function ofUrl(purpose: string, text: string): EgressTarget {
  const url = new URL(text);
  const standard = url.protocol === 'http:' ? 80 : 443;
  // An IPv6 address stands in brackets.
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return targetOf(purpose, host, Number(url.port) || standard);
}

function targetOf(purpose: string, host: string, port: number): EgressTarget {
  const version = isIP(host);
  if (version !== 0) {
    const cidr = `${host}/${version === 4 ? 32 : 128}`;
    return { purpose, target: { kind: 'cidr', cidr }, ports: [port] };
  }
  const namespace = SERVICE.exec(host)?.[1];
  return namespace
    ? // The pods' own ports are judged, and they may differ from the Service's.
      { purpose, target: { kind: 'namespace', name: namespace }, ports: [] }
    : { purpose, target: { kind: 'anywhere', host }, ports: [port] };
}

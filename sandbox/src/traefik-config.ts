import { join } from 'node:path';
import { NODE_IP, PORTS } from './addresses.ts';
import type { Paths } from './paths.ts';

/**
 * Static configuration. Ingresses name the entry point `websecure`, and one
 * entry point has one address; so the other addresses pass their connections
 * on to it, untouched.
 */
export function staticConfig(paths: Paths, folder: string) {
  // 0: an upload may take as long as it takes
  const transport = {
    respondingTimeouts: { readTimeout: 0, idleTimeout: '600s' },
  };
  return {
    entryPoints: {
      web: {
        address: `127.0.0.1:${PORTS.web}`,
        http: {
          redirections: { entryPoint: { to: 'websecure', scheme: 'https' } },
        },
      },
      websecure: {
        address: `127.0.0.1:${PORTS.websecure}`,
        asDefault: true,
        http: { tls: {} },
        transport,
      },
      web6: { address: `[::1]:${PORTS.web}` },
      websecure6: { address: `[::1]:${PORTS.websecure}`, transport },
      bridge: { address: `${NODE_IP}:${PORTS.websecure}`, transport },
      ping: { address: `127.0.0.1:${PORTS.traefikPing}` },
    },
    ping: { entryPoint: 'ping' },
    providers: {
      providersThrottleDuration: '100ms',
      kubernetesIngress: {
        ingressClass: 'traefik',
        ingressEndpoint: { ip: '127.0.0.1' },
      },
      kubernetesCRD: {},
      file: { directory: folder, watch: true },
    },
    serversTransport: { rootCAs: [paths.caCert] },
    log: { level: 'WARN' },
    accessLog: { filePath: join(paths.log, 'traefik-access.log') },
    global: { checkNewVersion: false, sendAnonymousUsage: false },
  };
}

/** Dynamic configuration: the default certificate, and the way from the other addresses. */
export function dynamicConfig(paths: Paths) {
  const passOn = (port: number) => ({
    loadBalancer: { servers: [{ address: `127.0.0.1:${port}` }] },
  });
  const rule = 'HostSNI(`*`)';
  return {
    tls: {
      stores: {
        default: {
          defaultCertificate: {
            certFile: join(paths.tls, 'ingress.crt'),
            keyFile: join(paths.tls, 'ingress.key'),
          },
        },
      },
    },
    tcp: {
      routers: {
        tls: {
          entryPoints: ['websecure6', 'bridge'],
          rule,
          service: 'websecure',
          tls: { passthrough: true },
        },
        plain: { entryPoints: ['web6'], rule, service: 'web' },
      },
      services: { websecure: passOn(PORTS.websecure), web: passOn(PORTS.web) },
    },
  };
}

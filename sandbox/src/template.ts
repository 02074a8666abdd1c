import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as at from './addresses.ts';
import type { Paths } from './paths.ts';

/**
 * Fills `@NAME@` in a text.
 *
 * @throws Error for a name without a value.
 */
export function fill(template: string, values: Record<string, string>): string {
  return template.replace(/@([A-Z_]+)@/g, (_, name: string) => {
    if (!(name in values)) throw new Error(`No value for @${name}@`);
    return values[name];
  });
}

/** A file of `sandbox/files` with the sandbox's addresses and folders in it. */
export function fillFile(paths: Paths, name: string): string {
  return fill(readFileSync(join(paths.source, 'files', name), 'utf8'), {
    RUN: paths.run,
    DATA: paths.data,
    PKI: paths.pki,
    NODE_IP: at.NODE_IP,
    NODE_NAME: at.NODE_NAME,
    BRIDGE: at.BRIDGE,
    POD_CIDR: at.POD_CIDR,
    CLUSTER_CIDR: at.CLUSTER_CIDR,
    DNS_SERVICE_IP: at.DNS_SERVICE_IP,
    AUTH_HOST: at.AUTH_HOST,
    PAUSE_IMAGE: at.PAUSE_IMAGE,
    REGISTRY_PORT: String(at.PORTS.registry),
    RECORDS_NAMESPACE: at.RECORDS_NAMESPACE,
  });
}

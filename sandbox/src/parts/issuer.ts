import { readFileSync } from 'node:fs';
import { ISSUER } from '../addresses.ts';
import { http } from '../http.ts';
import type { Context, Part } from '../part.ts';
import { waitUntil } from '../processes.ts';

/** Whether the issuer's public URL answers under TLS that our CA vouches for, and names itself. */
async function answersAsItself({ paths }: Context): Promise<boolean> {
  try {
    const { status, body } = await http({
      url: `${ISSUER}/.well-known/openid-configuration`,
      ca: readFileSync(paths.caCert),
      timeoutMs: 3_000,
    });
    return status === 200 && JSON.parse(body.toString()).issuer === ISSUER;
  } catch {
    return false;
  }
}

/** The proof that names, ingress, certificates and Keycloak fit together. */
export const issuer: Part = {
  name: 'issuer',
  needs: ['names', 'traefik', 'keycloak'],
  processes: [],
  requirements: () => [],
  start: context =>
    waitUntil(
      context,
      ISSUER,
      ['traefik', 'keycloak'],
      () => answersAsItself(context),
      60_000,
    ),
  isUp: answersAsItself,
  stop: async () => {},
};

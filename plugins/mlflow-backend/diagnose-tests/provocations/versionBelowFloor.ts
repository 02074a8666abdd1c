import type { Provocation } from '../Provocation.ts';

export const versionBelowFloor: Provocation = {
  cause: 'version-below-floor',
  what: 'an instance of line 3.6 is made',
  line: '3.6',
  standing: true,
  async provoke() {},
};

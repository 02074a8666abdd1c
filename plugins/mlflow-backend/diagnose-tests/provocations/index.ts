import type { Provocation } from '../Provocation.ts';
import { IDENTITY_PROVOCATIONS } from './identity.ts';
import { PLATFORM_PROVOCATIONS } from './platform.ts';

/** All of them, in the order in which they are tried. */
export const PROVOCATIONS: readonly Provocation[] = [
  ...PLATFORM_PROVOCATIONS,
  ...IDENTITY_PROVOCATIONS,
];

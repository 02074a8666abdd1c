import type { Provocation } from '../Provocation.ts';
import { outOfMemory } from './outOfMemory.ts';
import { redirectUriMismatch } from './redirectUriMismatch.ts';

/** All of them, in the order in which they are tried. */
export const PROVOCATIONS: readonly Provocation[] = [
  redirectUriMismatch,
  outOfMemory,
];

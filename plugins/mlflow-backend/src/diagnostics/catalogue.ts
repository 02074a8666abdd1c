import { Cause } from './Cause';
import { outOfMemory } from './causes/outOfMemory';
import { redirectUriMismatch } from './causes/redirectUriMismatch';

/** All causes that a look can find. */
export const CAUSES: readonly Cause[] = [redirectUriMismatch, outOfMemory];

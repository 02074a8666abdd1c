import { Cause } from './Cause';
import { outOfMemory } from './causes/outOfMemory';
import { IDENTITY_CAUSES } from './identityCauses';

/** All causes that a look can find. */
export const CAUSES: readonly Cause[] = [...IDENTITY_CAUSES, outOfMemory];

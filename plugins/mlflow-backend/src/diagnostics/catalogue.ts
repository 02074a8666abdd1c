import { Cause } from './Cause';
import { IDENTITY_CAUSES } from './identityCauses';
import { PLATFORM_CAUSES } from './platformCauses';

/** All causes that a look can find. */
export const CAUSES: readonly Cause[] = [
  ...PLATFORM_CAUSES,
  ...IDENTITY_CAUSES,
];

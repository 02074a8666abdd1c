import type { Provocation } from '../Provocation.ts';
import { clientDisabled } from './clientDisabled.ts';
import { clientMissing } from './clientMissing.ts';
import { groupHomonym } from './groupHomonym.ts';
import { groupMissing } from './groupMissing.ts';
import { groupsMapperFullPath } from './groupsMapperFullPath.ts';
import { groupsMapperMissing } from './groupsMapperMissing.ts';
import { groupsMapperNotInIdToken } from './groupsMapperNotInIdToken.ts';
import { groupsScopeMissing } from './groupsScopeMissing.ts';
import { keycloakUnreachable } from './keycloakUnreachable.ts';
import { loginPageRefused } from './loginPageRefused.ts';
import { realmMissing } from './realmMissing.ts';
import { redirectUriMismatch } from './redirectUriMismatch.ts';
import { wrongClientSecret } from './wrongClientSecret.ts';

/** Those of the identity provider. */
export const IDENTITY_PROVOCATIONS: readonly Provocation[] = [
  redirectUriMismatch,
  clientMissing,
  clientDisabled,
  groupsScopeMissing,
  groupMissing,
  groupHomonym,
  wrongClientSecret,
  loginPageRefused,
  groupsMapperMissing,
  groupsMapperNotInIdToken,
  groupsMapperFullPath,
  realmMissing,
  keycloakUnreachable,
];

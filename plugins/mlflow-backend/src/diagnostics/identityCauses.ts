import { Cause } from './Cause';
import { clientDisabled } from './causes/clientDisabled';
import { clientMissing } from './causes/clientMissing';
import { groupHomonym } from './causes/groupHomonym';
import { groupMissing } from './causes/groupMissing';
import { groupsMapperFullPath } from './causes/groupsMapperFullPath';
import { groupsMapperMissing } from './causes/groupsMapperMissing';
import { groupsMapperNotInIdToken } from './causes/groupsMapperNotInIdToken';
import { groupsScopeMissing } from './causes/groupsScopeMissing';
import { keycloakUnreachable } from './causes/keycloakUnreachable';
import { loginPageRefused } from './causes/loginPageRefused';
import { realmMissing } from './causes/realmMissing';
import { redirectUriMismatch } from './causes/redirectUriMismatch';
import { wrongClientSecret } from './causes/wrongClientSecret';

/** Causes that keep people from logging in, whoever they are. */
export const IDENTITY_CAUSES: readonly Cause[] = [
  keycloakUnreachable,
  realmMissing,
  clientMissing,
  clientDisabled,
  redirectUriMismatch,
  groupsScopeMissing,
  groupsMapperMissing,
  groupsMapperNotInIdToken,
  groupsMapperFullPath,
  groupMissing,
  groupHomonym,
  wrongClientSecret,
  loginPageRefused,
];

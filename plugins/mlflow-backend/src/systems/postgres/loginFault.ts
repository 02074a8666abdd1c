import { isCertificateFault } from '../certificateFault';
import { reasonOf } from '../reasonOf';
import { sqlState } from './errors';

/** Why a role was not let in. */
export interface LoginFault {
  kind: 'password' | 'missing' | 'unreachable' | 'refused' | 'full';
  /** In the words of PostgreSQL or of the network; never a secret. */
  message: string;
}

/** What the failure of a login means. */
export function loginFault(error: unknown): LoginFault {
  const state = sqlState(error);
  const message = state ? `${reasonOf(error)} (${state})` : reasonOf(error);
  return { kind: kindOf(error, state), message };
}

function kindOf(error: unknown, state: string | undefined): LoginFault['kind'] {
  switch (state) {
    case '28P01':
      return 'password';
    case '3D000':
      return 'missing';
    case '53300':
      return 'full';
    case undefined:
      return isCertificateFault(error) ? 'refused' : 'unreachable';
    default:
      return /^(08|57P)/.test(state) ? 'unreachable' : 'refused';
  }
}

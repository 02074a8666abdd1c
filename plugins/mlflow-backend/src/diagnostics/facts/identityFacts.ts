import { ClientState } from '../../systems/keycloak/clients';
import { ScopeState } from '../../systems/keycloak/scopes';

/** What the identity provider holds for the instance. */
export interface IdentityFacts {
  realm: string;
  /** What discovery at the address that pods use came to. */
  discovery: { ok: true } | { ok: false; status?: number; message: string };
  /** Undefined when the realm has none of that id. */
  client?: ClientState;
  /** The scope `groups`; undefined when the realm has none. */
  groupsScope?: ScopeState;
  /**
   * Whether the secret in the instance's Secret is the client's; undefined when
   * one of the two is missing.
   */
  secretMatches?: boolean;
  /** Paths of nested groups whose name is one of the instance's groups. */
  homonyms: string[];
  /** Groups of the instance that exist. */
  groups: string[];
}

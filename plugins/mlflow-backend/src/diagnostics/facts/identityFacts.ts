import { Answer } from '../../plan/askSystem';
import { ClientState } from '../../systems/keycloak/clients';
import { ScopeState } from '../../systems/keycloak/scopes';

/** What the identity provider knows of the instance. */
export interface IdentityFacts {
  realm: string;
  discovery: DiscoveryFact;
  /** What its admin API tells, or the sentence why it tells nothing. */
  held: Answer<HeldIdentity>;
}

/** What came of reading the realm's OpenID configuration. */
export type DiscoveryFact = {
  /** Of those that the portal or pods use, the one that was judged. */
  url: string;
} & (
  | { ok: true }
  /** Without `status` there was no answer at all. */
  | { ok: false; status?: number; message: string }
);

/** What Keycloak holds for the instance. No secret is among it. */
export interface HeldIdentity {
  /** Undefined when the realm has none of that id. */
  client?: ClientState;
  /** Every client scope of the realm. */
  scopes: ScopeState[];
  /** The client that the instance's Secret names; undefined without the Secret. */
  clientOfSecret?: string;
  /**
   * Whether the secret in the instance's Secret is the client's; undefined when
   * one of the two is missing.
   */
  secretMatches?: boolean;
  groups: GroupFact[];
}

/** One of the two groups whose members may log in. */
export interface GroupFact {
  name: string;
  /** Its members administer MLflow. */
  admin: boolean;
  exists: boolean;
  /** Paths of other groups of that very name, which MLflow cannot tell from it. */
  homonyms: string[];
}

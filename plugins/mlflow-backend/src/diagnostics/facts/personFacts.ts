/** What the identity provider knows of somebody who wants to log in. */
export interface PersonFacts {
  enabled: boolean;
  /** Too many wrong passwords; undefined when it cannot be read. */
  locked?: boolean;
  /** Names of attributes that are wanted of everybody and have no value. */
  missing: string[];
  /** Actions that are asked for at the next login, as Keycloak calls them. */
  requiredActions: string[];
  /** Paths of groups with the name of one of the instance's; of no others. */
  groups: string[];
}

/** A type alias, for a message may be nested under any key. */
type FindingMessages = {
  readonly title: '{{title}}';
  readonly remedy: '{{remedy}}';
};

const said: FindingMessages = { title: '{{title}}', remedy: '{{remedy}}' };

/**
 * The findings whose words can be in another language, by cause. English is what
 * the backend says.
 */
export const findings = {
  'allowed-hosts-wrong': said,
  'auth-database-missing': said,
  'auth-database-password': said,
  'bucket-forbidden': said,
  'bucket-missing': said,
  'certificate-expired': said,
  'certificate-expiring': said,
  'certificate-untrusted': said,
  'client-disabled': said,
  'client-missing': said,
  'database-connections-used-up': said,
  'database-down': said,
  'deployment-missing': said,
  'file-sessions-with-replicas': said,
  'flask-app-name': said,
  'group-detection-plugin-set': said,
  'group-homonym': said,
  'group-missing': said,
  'groups-mapper-full-path': said,
  'groups-mapper-missing': said,
  'groups-mapper-not-in-id-token': said,
  'groups-scope-missing': said,
  'image-missing': said,
  'image-pull-failed': said,
  'image-pull-refused': said,
  'ingress-missing': said,
  'ingress-without-address': said,
  'keycloak-unreachable': said,
  'login-actions-pending': said,
  'login-by-homonym': said,
  'login-no-such-user': said,
  'login-not-in-group': said,
  'login-page-refused': said,
  'login-profile-incomplete': said,
  'login-user-disabled': said,
  'login-user-locked': said,
  'migration-failed': said,
  'object-store-down': said,
  'out-of-memory': said,
  'quota-reached': said,
  'realm-missing': said,
  'redirect-uri-mismatch': said,
  's3-keys-wrong': said,
  'scaled-to-zero': said,
  'schema-newer': said,
  'secret-key-differs': said,
  'secret-key-unset': said,
  'secret-missing': said,
  'server-crashing': said,
  'session-store-wrong': said,
  'settings-changed': said,
  'tracking-database-missing': said,
  'tracking-database-password': said,
  unschedulable: said,
  'version-below-floor': said,
  'wrong-client-secret': said,
};

/** A cause whose texts may be translated. */
export type KnownCause = keyof typeof findings;

export const isKnownCause = (cause: string): cause is KnownCause =>
  Object.keys(findings).includes(cause);

import { log } from '../../translations/log';

/** A line of the server's log that is worth an explanation. */
export interface KnownLine {
  /** Names the explanation. */
  name: keyof typeof log;
  /** Everything is as it should be. */
  normal?: boolean;
  pattern: RegExp;
}

/** Lines of the server's log by what they hold; the first that matches counts. */
export const KNOWN_LINES: readonly KnownLine[] = [
  {
    name: 'appCreated',
    normal: true,
    pattern: /Successfully created FastAPI app with OIDC integration/,
  },
  {
    name: 'oidcAvailable',
    normal: true,
    pattern: /OIDC routes, authentication, and UI should now be available/,
  },
  {
    name: 'sessionModule',
    normal: true,
    pattern: /Session module for cachelib imported/,
  },
  {
    name: 'redirectUri',
    normal: true,
    pattern: /Redirect URI for OIDC login:/,
  },
  {
    name: 'clientRegistered',
    normal: true,
    pattern: /OIDC client\(s\) successfully registered at startup/,
  },
  { name: 'appMounted', normal: true, pattern: /MLflow Flask app mounted at/ },
  { name: 'uvicorn', normal: true, pattern: /Uvicorn running on/ },
  { name: 'groupPlugin', pattern: /No module named 'oidc'/ },
  { name: 'groupDetection', pattern: /Group detection error/ },
  {
    name: 'notAllowed',
    pattern: /User is not allowed to login|auth\.denied_unknown_user/,
  },
  { name: 'invalidScopes', pattern: /invalid_scope|Invalid scopes:/ },
  { name: 'sessionFilesystem', pattern: /Session module for \w+ could not be/ },
  {
    name: 'sessionLost',
    pattern: /Missing OAuth state in session|mismatching_state/,
  },
  { name: 'sessionError', pattern: /Session error/ },
  { name: 'secretKey', pattern: /SECRET_KEY is not configured/ },
  {
    name: 'clientSecret',
    pattern: /unauthorized_client|token exchange failed/i,
  },
  { name: 'keycloakAway', pattern: /All connection attempts failed/ },
  { name: 'flaskUnderAsgi', pattern: /Flask\.__call__\(\) missing/ },
  { name: 'authDatabase', pattern: /Auth DB engine creation failed/ },
  { name: 'databasePassword', pattern: /password authentication failed for/ },
  { name: 'databaseMissing', pattern: /database "[^"]*" does not exist/ },
  {
    name: 'databaseAway',
    pattern: /SQLAlchemy engine could not be created|Connection refused/,
  },
  {
    name: 'storeKeys',
    pattern: /InvalidAccessKeyId|SignatureDoesNotMatch|S3UploadFailedError/,
  },
  { name: 'storeForbidden', pattern: /AccessDenied|NoSuchBucket/ },
  { name: 'allowedHosts', pattern: /Rejected request with invalid Host/ },
  {
    name: 'schemaNewer',
    pattern: /Can't locate revision|out-of-date database/,
  },
  { name: 'redisPassword', pattern: /invalid username-password pair/ },
  { name: 'exporterMissing', pattern: /No module named 'prometheus_flask/ },
];

/** What is known of a line; undefined for most. */
export const knownLine = (text: string): KnownLine | undefined =>
  KNOWN_LINES.find(({ pattern }) => pattern.test(text));

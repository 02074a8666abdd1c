import { log } from '../../translations/log';
import { KNOWN_LINES, knownLine } from './knownLines';

describe('knownLine', () => {
  it.each([
    ['Successfully created FastAPI app with OIDC integration', 'appCreated'],
    [
      'OIDC routes, authentication, and UI should now be available',
      'oidcAvailable',
    ],
    ['Session module for cachelib imported.', 'sessionModule'],
    [
      'Redirect URI for OIDC login: https://m.example.com/callback',
      'redirectUri',
    ],
    [
      'OIDC client(s) successfully registered at startup: default',
      'clientRegistered',
    ],
    [
      'MLflow Flask app mounted at / with FastAPI auth info passing',
      'appMounted',
    ],
    ['INFO:     Uvicorn running on http://0.0.0.0:5000', 'uvicorn'],
    ["Group detection error: No module named 'oidc'", 'groupPlugin'],
    ["Group detection error: 'groups'", 'groupDetection'],
    ['Authorization error: User is not allowed to login.', 'notAllowed'],
    ["OIDC callback errors: ['User is not allowed to login']", 'notAllowed'],
    ['{"event": "auth.denied_unknown_user"}', 'notAllowed'],
    ['Invalid scopes: openid profile email groups', 'invalidScopes'],
    [
      'Session module for filesystem could not be imported.',
      'sessionFilesystem',
    ],
    ['Session error: Missing OAuth state in session', 'sessionLost'],
    ['mismatching_state: CSRF Warning! State not equal', 'sessionLost'],
    ['Session error: no store', 'sessionError'],
    ['SECRET_KEY is not configured, using a random one', 'secretKey'],
    ['OIDC token exchange failed: unauthorized_client', 'clientSecret'],
    ['httpx.ConnectError: All connection attempts failed', 'keycloakAway'],
    [
      "TypeError: Flask.__call__() missing 1 required positional argument: 'start_response'",
      'flaskUnderAsgi',
    ],
    ['Auth DB engine creation failed (attempt 1/3)', 'authDatabase'],
    [
      'FATAL:  password authentication failed for user "mlflow"',
      'databasePassword',
    ],
    ['FATAL:  database "mlflow" does not exist', 'databaseMissing'],
    ['SQLAlchemy engine could not be created', 'databaseAway'],
    ['boto3.exceptions.S3UploadFailedError: InvalidAccessKeyId', 'storeKeys'],
    ['An error occurred (NoSuchBucket)', 'storeForbidden'],
    [
      'Rejected request with invalid Host header: evil.example.com',
      'allowedHosts',
    ],
    ["alembic: Can't locate revision identified by 'a1'", 'schemaNewer'],
    [
      'AuthenticationError: invalid username-password pair or user is disabled.',
      'redisPassword',
    ],
    ["No module named 'prometheus_flask_exporter'", 'exporterMissing'],
  ])('knows "%s"', (text, name) => {
    expect(knownLine(text)?.name).toBe(name);
  });

  it('leaves other lines alone', () => {
    expect(
      knownLine('INFO: 10.42.0.1:1234 - "GET /health HTTP/1.1" 200 OK'),
    ).toBeUndefined();
  });

  it('has an explanation of each, and each explanation a line', () => {
    expect(KNOWN_LINES.map(({ name }) => name).sort()).toEqual(
      Object.keys(log).sort(),
    );
  });
});

import { maskSecrets } from './maskSecrets';

/** Put together here, so that no scanner takes this file for a leak. */
const JWT = ['eyJhbGciOiJSUzI1NiJ9', 'eyJzdWIiOiJ4In0', 'c2ln_-bmF0dXJl'];
const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYkeyOfNobod';

describe('maskSecrets', () => {
  it.each([
    [
      'GET /callback?code=abc.def-1&state=xyz HTTP',
      'GET /callback?code=***&state=*** HTTP',
    ],
    [
      '"GET /callback?session_state=1-2&iss=https%3A%2F%2Fx&code=9.f HTTP/1.1" 302',
      '"GET /callback?session_state=***&iss=https%3A%2F%2Fx&code=*** HTTP/1.1" 302',
    ],
    ['{"code": "abc", "state":"x y"}', '{"code": ***, "state":***}'],
    [`Authorization: Bearer ${JWT.join('.')}`, 'Authorization: ***'],
    ["{'authorization': 'Basic dTpw'}", "{'authorization': ***"],
    ["[(b'authorization', b'Basic dTpw')]", "[(b'authorization', ***"],
    ['curl -H "X: Bearer abc-def"', 'curl -H "X: Bearer ***"'],
    ['sent basic dXNlcjpwYXNz to it', 'sent basic *** to it'],
    [`token ${JWT.join('.')} end`, 'token *** end'],
    [`cut ${JWT[0]}`, 'cut ***'],
    [`session ${JWT[0]}.ZxY.sig`, 'session ***'],
    ['made mlf_1234abcd_a-secret_x now', 'made mlf_*** now'],
    ['Cookie: session=1; b=2', 'Cookie: ***'],
    ['Set-Cookie: session=1; HttpOnly', 'Set-Cookie: ***'],
    ['"set-cookie": ["a=1", "b=2"]', '"set-cookie": ***'],
    ["cookies={'session': '1'}", 'cookies=***'],
    [
      'postgresql+psycopg2://u:p%40ss@db:5432/x',
      'postgresql+psycopg2://u:***@db:5432/x',
    ],
    ['redis://:p@ss/w@cache:6379', 'redis://:***@cache:6379'],
    ['https://x:123@host/', 'https://x:***@host/'],
    ['password=a,b;c&d next', 'password=*** next'],
    ['PGPASSWORD=abc psql', 'PGPASSWORD=*** psql'],
    ["host=db password='a b' user=u", 'host=db password=*** user=u'],
    ['{"password": "a \\" b", "x": 1}', '{"password": ***, "x": 1}'],
    ['{"password": "cut off by the no', '{"password": ***'],
    [
      String.raw`body: "{\"password\": \"abc\"}"`,
      String.raw`body: "{\"password\": ***`,
    ],
    ["{'client_secret': b'abc'}", "{'client_secret': ***}"],
    ['OIDC_CLIENT_SECRET: abc', 'OIDC_CLIENT_SECRET: ***'],
    ['SECRET_KEY=abc', 'SECRET_KEY=***'],
    ['MLFLOW_CRYPTO_KEK_PASSPHRASE=abc', 'MLFLOW_CRYPTO_KEK_PASSPHRASE=***'],
    ['SESSION_TOKEN_ENCRYPTION_KEY=abc', 'SESSION_TOKEN_ENCRYPTION_KEY=***'],
    ['AWS_SECRET_ACCESS_KEY=abc', 'AWS_SECRET_ACCESS_KEY=***'],
    ['aws_access_key_id = abc', 'aws_access_key_id = ***'],
    ['refresh_token=abc&x=1', 'refresh_token=***'],
    ['X-Amz-Signature=abc', 'X-Amz-Signature=***'],
    ['key AKIA' + 'IOSFODNN7EXAMPLE was used', 'key *** was used'],
    [`tried ${SECRET} once`, 'tried *** once'],
    [`(${SECRET.replace(/\//g, '_')})`, '(***)'],
    [`kept gAAAAAB${'x'.repeat(40)}== there`, 'kept *** there'],
    ['-----BEGIN RSA PRIVATE ' + 'KEY-----\\nMIIE', '***'],
  ])('hides %s', (line, masked) => expect(maskSecrets(line)).toBe(masked));

  it.each([
    '2026/11/24 14:29:20 INFO:     10.244.0.1:35840 - "GET /health HTTP/1.1" 200 OK',
    'nothing to hide: code 3',
    'exit code=137',
    'Provisioned bearer user service-account-x (admin=True, groups=1)',
    'Basic authentication failed',
    'OIDC client(s) successfully registered at startup: default',
    'OIDC token exchange failed: unauthorized_client',
    "OIDC callback errors: ['User is not allowed to login']",
    'Authorization error: User is not allowed to login.',
    'FATAL: password authentication failed for user "mlflow_x"',
    'SECRET_KEY is not configured',
    'An error occurred (InvalidAccessKeyId) when calling the PutObject operation: The AWS Access Key Id you provided does not exist',
    'S3UploadFailedError: SignatureDoesNotMatch',
    'INFO  [alembic.runtime.migration] Running upgrade 1a2b -> 3c4d, add table',
    'commit 0123456789abcdef0123456789abcdef01234567',
    `ImagePullBackOff: registry.example.com:5000/mlflow@sha256:${'ab'.repeat(
      32,
    )}`,
    'GET http://mlflow.example.com:8080/api?user=a%40b.example HTTP/1.1',
    'secret "mlflow-db-secret" not found',
    'max_tokens=20 total_tokens: 123',
    '{"event": "auth.denied_unknown_user", "actor": "a@example.com", "status": "denied"}',
    '{"error_code": "RESOURCE_DOES_NOT_EXIST"}',
  ])('leaves %s', line => expect(maskSecrets(line)).toBe(line));

  it('takes no long time over a long line', () => {
    const begun = Date.now();
    for (const piece of ['a', '://a:', 'password="', 'eyJa.', 'aB1/', "'\\"]) {
      maskSecrets(piece.repeat(16_384 / piece.length));
    }
    expect(Date.now() - begun).toBeLessThan(2_000);
  });

  it('changes nothing more the second time', () => {
    const once = maskSecrets(`Cookie: a; password=b ${JWT.join('.')}`);
    expect(maskSecrets(once)).toBe(once);
  });
});

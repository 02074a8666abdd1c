import { checkDescription, checkHost, checkInstanceName } from './validation';

describe('checkInstanceName', () => {
  it.each(['a', 'churn', 'team-a-2', 'mlflow', 'x'.repeat(40)])(
    'accepts %s',
    name => expect(checkInstanceName(name)).toBeUndefined(),
  );

  it.each([
    ['', /Give the instance a name/],
    ['x'.repeat(254), /254 characters; 40 is the limit/],
    ['Churn', /lower-case letter/],
    ['größe', /lower-case letter/],
    ['1st', /lower-case letter/],
    ['-x', /lower-case letter/],
    ['x-', /end with a hyphen/],
    ["x'; drop table", /lower-case letter/],
    ['x"y', /lower-case letter/],
    ['../x', /lower-case letter/],
    ['kube-system', /reserved/],
    ['default', /reserved/],
    ['openshift-x', /reserved/],
    ['x-auth', /must not end with "auth"/],
    ['cli', /must not end with "cli"/],
  ])('refuses %j in one sentence', (name, reason) =>
    expect(checkInstanceName(name)).toMatch(reason),
  );
});

describe('checkHost', () => {
  const domains = ['ml.example.com', 'localhost'];

  it.each(['x.ml.example.com', 'a.b.ml.example.com', 'x.localhost'])(
    'accepts %s',
    host => expect(checkHost(host, domains)).toBeUndefined(),
  );

  it.each([
    ['', /Give the instance a host/],
    ['ml.example.com', /below ml.example.com or localhost/],
    ['x.example.org', /below/],
    ['evilml.example.com', /below/],
    ['X.ml.example.com', /lower-case DNS name/],
    ['https://x.localhost', /lower-case DNS name/],
    ['x.localhost:443', /lower-case DNS name/],
    ['x_y.localhost', /lower-case DNS name/],
    ['x.localhost/path', /lower-case DNS name/],
    ["x'.localhost", /lower-case DNS name/],
    ['ü.localhost', /lower-case DNS name/],
    [`${'x'.repeat(254)}.localhost`, /253 is the limit/],
    [`${'x'.repeat(64)}.localhost`, /lower-case DNS name/],
  ])('refuses %s in one sentence', (host, reason) =>
    expect(checkHost(host, domains)).toMatch(reason),
  );
});

describe('checkDescription', () => {
  it.each(['', 'Churn models; "quoted", it\'s fine', 'größer'])(
    'accepts %j',
    text => expect(checkDescription(text)).toBeUndefined(),
  );

  it.each([
    ['x'.repeat(251), /250 is the limit/],
    ['two\nlines', /one line/],
    ['\u0000', /one line/],
    ['a\u202eb', /one line/],
    ['a\u2028b', /one line/],
    ['a\ud800b', /one line/],
  ])('refuses %j', (text, reason) =>
    expect(checkDescription(text)).toMatch(reason),
  );
});

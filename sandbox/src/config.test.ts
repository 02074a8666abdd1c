import { configDocument, VAULT_CONFIG } from './config.ts';
import { resolvePaths } from './paths.ts';
import { completeSecrets, generateSecret } from './secrets.ts';
import { toYaml } from './yaml.ts';

describe('toYaml', () => {
  it('writes nested data in block style', () => {
    expect(
      toYaml({ a: { b: 1, c: ['x', { d: true, e: 'z' }], f: [], g: {} } }),
    ).toBe(
      [
        '',
        'a:',
        '  b: 1',
        '  c:',
        '    - x',
        '    - d: true',
        '      e: z',
        '  f: []',
        '  g: {}',
      ].join('\n'),
    );
  });

  it.each([
    ['true', '"true"'],
    ['5', '"5"'],
    ['', '""'],
    ['a: b', '"a: b"'],
    ['#x', '"#x"'],
    ['plain-text', 'plain-text'],
  ])(
    'quotes %j where a reader would take it for something else',
    (value, expected) => {
      expect(toYaml(value)).toBe(expected);
    },
  );
});

describe('configDocument', () => {
  const paths = resolvePaths({ HOME: '/home/x' }, '/repo');
  let count = 0;
  const secrets = completeSecrets({}, () => `secret${count++}`);

  it('has a platform with all its systems, and no token before there is a cluster', () => {
    const text = toYaml(configDocument(paths, secrets, {}));
    expect(text).toContain('server: "https://10.244.0.1:6443"');
    expect(text).toContain(
      '"$file": "/home/x/.local/state/backstage-mlflow-sandbox/ca.crt"',
    );
    expect(text).not.toContain('token:');
  });

  it('carries the token, the helm binary and the secrets of each system', () => {
    const text = toYaml(
      configDocument(paths, secrets, { token: 'abc', helm: '/cache/helm' }),
    );
    expect(text).toContain('token: abc');
    expect(text).toContain('helm: "/cache/helm"');
    for (const name of [
      'postgresProvisioner',
      'minioProvisioner',
      'clientProvisioner',
      'clientCatalog',
    ] as const) {
      expect(text).toContain(secrets[name]);
    }
    expect(text).not.toContain(secrets.postgresSuperuser);
    expect(text).not.toContain(secrets.minioRoot);
  });

  it('names Vault once it was set up, and leaves the choice to the portal', () => {
    const text = toYaml(
      configDocument(paths, secrets, {
        vault: { roleId: 'role', secretId: 'hidden' },
      }),
    );
    expect(text).toContain('address: "https://10.244.0.1:8200"');
    expect(text).toContain('secretId: hidden');
    expect(text).toContain('provider: kubernetes');
    expect(toYaml(configDocument(paths, secrets, {}))).not.toContain('vault:');
    expect(toYaml(VAULT_CONFIG)).toContain('provider: vault');
  });
});

describe('secrets', () => {
  it('are long, of letters and digits, and never the same', () => {
    const made = Array.from({ length: 50 }, generateSecret);
    expect(new Set(made).size).toBe(50);
    for (const secret of made) expect(secret).toMatch(/^[A-Za-z0-9]{32}$/);
  });

  it('keep what is known', () => {
    expect(completeSecrets({ minioRoot: 'kept' }).minioRoot).toBe('kept');
  });
});

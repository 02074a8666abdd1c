import { NotFoundError } from '@backstage/errors';
import { LINES } from 'backstage-plugin-mlflow-common';
import { releaseOf } from '../../releases/releases';
import { imageFolder, readImageSource } from './imageSource';

const read = async (line: string) => {
  const files = await readImageSource(imageFolder(), line);
  return Object.fromEntries(files.map(file => [file.name, file]));
};

const textOf = async (line: string, name: string) =>
  (await read(line))[name].content.toString();

describe.each([...LINES])('sources of line %s', line => {
  it('are what the Dockerfile copies, in a fixed order', async () => {
    const names = Object.keys(await read(line));
    expect(names).toEqual([...names].sort());
    expect(names).toEqual(
      expect.arrayContaining([
        'Dockerfile',
        'build/slim.sh',
        'launcher/bin/mlflow',
        'requirements-build.txt',
        `requirements-${line}.txt`,
      ]),
    );
    const others = LINES.filter(other => other !== line);
    others.forEach(other =>
      expect(names).not.toContain(`requirements-${other}.txt`),
    );
    expect(names).not.toContain('README.md');
    expect(names).not.toContain('ca.crt');
  });

  it('pin the versions that the release says', async () => {
    const { mlflow, oidcAuth } = releaseOf(line);
    const lock = await textOf(line, `requirements-${line}.txt`);
    expect(lock).toContain(`\nmlflow==${mlflow} \\\n`);
    expect(lock).toContain(`\nmlflow-oidc-auth==${oidcAuth} \\\n`);
  });

  it.each([`requirements-${line}.txt`, 'requirements-build.txt'])(
    '%s pins each package with its hashes and names no registry',
    async name => {
      const lock = await textOf(line, name);
      const entries = lock
        .replace(/\\\n\s*/g, ' ')
        .split('\n')
        .filter(entry => entry && !/^\s*#/.test(entry));
      expect(entries.length).toBeGreaterThan(20);
      for (const entry of entries) {
        expect(entry).toMatch(
          /^[a-z0-9.-]+==\S+( +--hash=sha256:[0-9a-f]{64})+$/,
        );
      }
      expect(lock).not.toMatch(/https?:|--(extra-)?index-url|--find-links/);
    },
  );

  it('make the commands executable and nothing else', async () => {
    const executable = Object.values(await read(line))
      .filter(file => file.executable)
      .map(file => file.name);
    expect(executable).toEqual([
      'launcher/bin/mlflow',
      'launcher/bin/mlflow-image-check',
    ]);
  });
});

describe('Dockerfile', () => {
  const stages = async () =>
    (await textOf('3.17', 'Dockerfile')).split(/^(?=FROM )/m);

  it('brings the CA into a stage that is not the image', async () => {
    const all = await stages();
    const withCa = all.slice(1).filter(stage => stage.includes('ca.cr'));
    expect(withCa).toHaveLength(1);
    expect(withCa[0]).toMatch(/^FROM \S+ AS builder$/m);
    const last = all[all.length - 1];
    expect(last).not.toMatch(/ca\.cr|bundle|COPY --from=\S+ \/src\s/);
  });

  it('takes no secret as an argument or variable', async () => {
    const text = (await stages()).join('');
    const names = [...text.matchAll(/^(?:ARG|ENV) (\w+)/gm)].map(m => m[1]);
    expect(new Set(names)).toEqual(
      new Set(['BASE_IMAGE', 'LINE', 'AUDIT_DAY', 'PATH']),
    );
    expect(text).not.toMatch(/password|secret|token/i);
  });

  it('runs as uid 1001 on the chosen base', async () => {
    const all = await stages();
    const last = all[all.length - 1];
    expect(last).toMatch(/^FROM \$\{BASE_IMAGE\}$/m);
    expect(last.match(/^USER .*/gm)?.pop()).toBe('USER 1001:1001');
  });
});

it('says which line has no sources', async () => {
  await expect(readImageSource(imageFolder(), '2.0')).rejects.toThrow(
    new NotFoundError(
      'The image sources of line 2.0 lack requirements-2.0.txt; install the plugin again.',
    ),
  );
});

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import {
  chmod,
  mkdir,
  mkdtemp,
  readFile,
  rm,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { namespaceStep } from '../../steps/namespace';
import { eventually } from '../../__testUtils__/eventually';
import { testInstance } from '../../__testUtils__/instance';
import { sandboxPlatformConfig } from '../../__testUtils__/sandbox';
import {
  actionsOf,
  contextOf,
  sandboxPlatform,
} from '../../__testUtils__/stepContext';
import { HelmClient } from './HelmClient';

const config = sandboxPlatformConfig();
const signal = AbortSignal.timeout(60_000);
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'helm-client-test-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

describe('HelmClient with the real helm', () => {
  const platform = sandboxPlatform();
  const instance = testInstance();
  const { namespace, release } = instance.names;
  const ctx = contextOf(instance, platform);
  let client: HelmClient;

  beforeAll(async () => {
    const chart = join(folder, 'mlflow');
    await mkdir(join(chart, 'templates'), { recursive: true });
    await writeFile(
      join(chart, 'Chart.yaml'),
      'apiVersion: v2\nname: mlflow\nversion: 0.0.1\n',
    );
    await writeFile(
      join(chart, 'templates', 'configmap.yaml'),
      `apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}
data:
  text: {{ required "text is missing" .Values.text | quote }}
`,
    );
    await promisify(execFile)(config.chart.helm, ['package', chart], {
      cwd: folder,
    });
    client = new HelmClient(
      { ...config.chart, path: folder },
      config.kubernetes,
    );
    await actionsOf(namespaceStep, ctx);
  });

  afterAll(async () => {
    await namespaceStep.remove(ctx, { data: 'delete' });
    await platform.close();
  });

  const upgrade = (values: Record<string, string>) =>
    client.upgrade(
      { name: release, namespace, chartVersion: '0.0.1', values },
      signal,
    );

  it('knows of no release before the first install', async () => {
    expect(await client.get(release, namespace, signal)).toBeUndefined();
    expect(await client.uninstall(release, namespace, signal)).toBe('absent');
  });

  it('installs, upgrades, goes back and uninstalls', async () => {
    await upgrade({ text: 'größer' });
    expect(await client.get(release, namespace, signal)).toEqual({
      revision: 1,
      status: 'deployed',
      chart: '0.0.1',
      values: { text: 'größer' },
    });

    await upgrade({ text: 'two' });
    await client.rollback(release, namespace, signal);
    expect(await client.get(release, namespace, signal)).toMatchObject({
      revision: 3,
      values: { text: 'größer' },
    });

    expect(await client.history(release, namespace, signal)).toMatchObject([
      { revision: 1, status: 'superseded', chart: 'mlflow-0.0.1' },
      { revision: 2, status: 'superseded', description: 'Upgrade complete' },
      { revision: 3, status: 'deployed', updated: expect.any(String) },
    ]);

    expect(await client.uninstall(release, namespace, signal)).toBe('removed');
    expect(await client.uninstall(release, namespace, signal)).toBe('absent');
    expect(await client.history(release, namespace, signal)).toEqual([]);
  });

  it('says why an install failed', async () => {
    await expect(upgrade({})).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringMatching(
        /helm upgrade --install failed: .*text is missing/,
      ),
    });
  });
});

describe('HelmClient with a command that', () => {
  async function clientOf(
    name: string,
    script: string,
    graceMs?: number,
  ): Promise<HelmClient> {
    const helm = join(folder, name);
    await writeFile(helm, `#!/bin/sh\n${script}\n`);
    await chmod(helm, 0o700);
    await writeFile(join(folder, 'mlflow-0.0.2.tgz'), '');
    return new HelmClient({ helm, path: folder }, config.kubernetes, {
      graceMs,
    });
  }

  /** Starts it, stops it as soon as it runs, and gives how that ended. */
  async function stopOnce(client: HelmClient, running: string) {
    const abort = new AbortController();
    const ended = client.version(abort.signal).catch(error => error);
    await eventually('it runs', () => existsSync(join(folder, running)));
    abort.abort(new Error('cancelled'));
    return ended;
  }

  it('is not there: says where to name it', async () => {
    const client = new HelmClient(
      { helm: join(folder, 'no-such-command') },
      config.kubernetes,
    );

    await expect(client.version(signal)).rejects.toThrow(
      'mlflow.platforms.<platform>.chart.helm',
    );
  });

  it('notes what it gets: gives it values and access by no argument and no variable', async () => {
    const client = await clientOf(
      'note',
      'printf "%s\\n" "$@" > "$0.args"; env > "$0.env"; cat > "$0.input"',
    );

    await client.upgrade(
      {
        name: 'x',
        namespace: 'y',
        chartVersion: '0.0.2',
        values: { password: 'very-secret' },
      },
      signal,
    );

    const [args, env, input] = await Promise.all(
      ['args', 'env', 'input'].map(what =>
        readFile(join(folder, `note.${what}`), 'utf8'),
      ),
    );
    expect(JSON.parse(input)).toEqual({ password: 'very-secret' });
    expect(args).toContain('upgrade\n--install\nx\n');
    for (const open of [args, env]) {
      expect(open).not.toContain('very-secret');
      expect(open).not.toContain(config.kubernetes.token);
    }
    const home = /^HOME=(.*)$/m.exec(env)?.[1] ?? '';
    expect(home).toContain('backstage-mlflow-helm-');
    expect(existsSync(home)).toBe(false);
  });

  it('tidies up when it is told to end: waits for that', async () => {
    const client = await clientOf(
      'tidy',
      `trap 'sleep 0.3; test -d "$HOME" && touch "$0.tidied"; exit 1' TERM
       touch "$0.running"
       while :; do sleep 0.05; done`,
    );

    expect(await stopOnce(client, 'tidy.running')).toEqual(
      new Error('cancelled'),
    );
    expect(existsSync(join(folder, 'tidy.tidied'))).toBe(true);
  });

  it('does not end when it is told to: ends it after a while', async () => {
    const client = await clientOf(
      'deaf',
      `trap '' TERM
       touch "$0.running"
       while :; do sleep 0.05; done`,
      200,
    );

    expect(await stopOnce(client, 'deaf.running')).toEqual(
      new Error('cancelled'),
    );
  });

  it('is not wanted any more: does not start it', async () => {
    const client = await clientOf('late', 'touch "$0.running"');

    await expect(
      client.version(AbortSignal.abort(new Error('cancelled'))),
    ).rejects.toThrow('cancelled');
    expect(existsSync(join(folder, 'late.running'))).toBe(false);
  });
});

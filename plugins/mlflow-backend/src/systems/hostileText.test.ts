import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { V1ConfigMap } from '@kubernetes/client-node';
import { HOSTILE_TEXTS, saysItShortly } from '../__testUtils__/hostileText';
import { testInstance } from '../__testUtils__/instance';
import {
  actionsOf,
  contextOf,
  sandboxPlatform,
} from '../__testUtils__/stepContext';
import { namespaceStep } from '../steps/namespace';
import { HelmClient } from './helm/HelmClient';
import { createClient, deleteClient, findClient } from './keycloak/clients';
import { createGroup, findGroups } from './keycloak/groups';
import { createRole, dropRole, readRole } from './postgres/roles';

/**
 * Nothing of this reaches a system by a form, whose names match a narrow pattern.
 * It is what stands behind that: text is carried as it is, or refused.
 */
jest.setTimeout(120_000);

const platform = sandboxPlatform();
const { postgres, keycloak, objectStore, kubernetes, config } = platform;
const signal = AbortSignal.timeout(300_000);
const instance = testInstance();
const ctx = contextOf(instance, platform);
const { namespace, release } = instance.names;

/**
 * Names are never long, and no system agrees with another on characters that
 * cannot be printed: every field of the form refuses them.
 */
const TEXTS = HOSTILE_TEXTS.filter(
  ([, text]) => text.length < 64 && !/[\p{Cc}\p{Cs}\p{Zl}]/u.test(text),
);

beforeAll(async () => {
  await actionsOf(namespaceStep, ctx);
});

afterAll(async () => {
  await namespaceStep.remove(ctx, { data: 'delete' });
  await platform.close();
});

const CARRIED = 'carried as it is';
const REFUSED = 'refused, shortly';

/**
 * Stores a text.
 *
 * @param read - gives the text back as the system has it
 * @returns what became of it, in words
 */
async function fateOf(
  text: string,
  store: () => Promise<unknown>,
  read: () => Promise<(string | undefined)[]>,
): Promise<string> {
  const error: unknown = await store().then(
    () => undefined,
    (e: unknown) => e,
  );
  if (error !== undefined) {
    return saysItShortly(error) ? REFUSED : String(error);
  }
  const found = await read();
  return found.every(item => item === text)
    ? CARRIED
    : `became ${JSON.stringify(found)}`;
}

describe('PostgreSQL', () => {
  const others = () =>
    postgres.session(signal, session =>
      session.query<{ name: string }>(
        'list',
        `SELECT rolname AS name FROM pg_roles WHERE rolname IN ('postgres', current_user)
          UNION SELECT datname FROM pg_database WHERE datname = 'postgres'`,
      ),
    );

  it.each(TEXTS)('takes %s as a name and a mark', async (_, text) => {
    const role = () =>
      postgres.session(signal, session => readRole(session, text));
    const before = await others();

    expect(
      await fateOf(
        text,
        () =>
          postgres.transaction(signal, session =>
            createRole(session, text, text),
          ),
        async () => [(await role())?.mark],
      ),
    ).toBe(CARRIED);
    await postgres.session(signal, session => dropRole(session, text));
    expect(await role()).toBeUndefined();
    expect(await others()).toEqual(before);
  });
});

describe('Keycloak', () => {
  const tail = randomBytes(4).toString('hex');
  const role = 'manage-users';

  it.each(TEXTS)('takes %s in a client, or not at all', async (_, text) => {
    const clientId = `${text} ${tail}`;
    const find = () => findClient(keycloak, clientId, signal);

    const fate = await fateOf(
      text,
      () =>
        createClient(
          keycloak,
          clientId,
          {
            name: text,
            description: text,
            enabled: false,
            publicClient: false,
            standardFlowEnabled: false,
            implicitFlowEnabled: false,
            directAccessGrantsEnabled: false,
            serviceAccountsEnabled: false,
            fullScopeAllowed: false,
            redirectUris: [],
            webOrigins: [],
            attributes: { 'mlflow.mark': text },
            defaultScopes: [],
            optionalScopes: [],
            mappers: [],
          },
          signal,
        ),
      async () => {
        const found = await find();
        return [found?.name, found?.description, found?.mark];
      },
    );

    expect([CARRIED, REFUSED]).toContain(fate);
    const { id = '' } = (await find()) ?? {};
    await deleteClient(keycloak, { id, clientId }, signal);
  });

  it.each(TEXTS)('takes %s as a group and its mark', async (_, text) => {
    const name = `${text} ${tail}`;

    const fate = await fateOf(
      text,
      () => createGroup(keycloak, name, text, signal),
      async () =>
        (await findGroups(keycloak, name, signal)).map(({ mark }) => mark),
    );

    expect([CARRIED, REFUSED]).toContain(fate);
    for (const { id } of await findGroups(keycloak, name, signal)) {
      await keycloak.call({ what: 'remove the group', role, signal }, admin =>
        admin.groups.del({ id }),
      );
    }
  });
});

describe('the object store', () => {
  const target = {
    bucket: `mlflow-t-${randomBytes(5).toString('hex')}`,
    user: 'nobody',
    bytes: 1024 ** 3,
    mark: '',
  };

  beforeAll(() => objectStore.createBucket(target, signal));
  afterAll(() => objectStore.deleteBucket(target.bucket, signal));

  it.each(TEXTS)('takes %s as a mark, or not at all', async (_, mark) => {
    const fate = await fateOf(
      mark,
      () => objectStore.secureBucket({ ...target, mark }, signal),
      async () => [(await objectStore.readBucket(target, signal))?.mark],
    );

    expect([CARRIED, REFUSED]).toContain(fate);
  });

  it.each(TEXTS)('makes no bucket called %s', async (_, bucket) => {
    await expect(
      objectStore.createBucket({ ...target, bucket }, signal),
    ).rejects.toBeInstanceOf(Error);
  });
});

describe('Kubernetes', () => {
  it.each(TEXTS)('takes %s as content, and as no label', async (_, text) => {
    const object = (labels: Record<string, string>): V1ConfigMap => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'hostile', namespace, labels },
      data: { text },
    });

    await expect(
      kubernetes.apply(object({ label: text })),
    ).rejects.toMatchObject({ name: 'InputError' });
    await kubernetes.apply(object({}));
    const stored = await kubernetes.get<V1ConfigMap>({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      name: 'hostile',
      namespace,
    });
    expect(stored?.data?.text).toBe(text);
  });
});

describe('Helm', () => {
  let folder: string;
  let helm: HelmClient;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hostile-text-'));
    const chart = join(folder, 'mlflow');
    await mkdir(join(chart, 'templates'), { recursive: true });
    await writeFile(
      join(chart, 'Chart.yaml'),
      'apiVersion: v2\nname: mlflow\nversion: 0.0.1\n',
    );
    await writeFile(
      join(chart, 'templates', 'configmap.yaml'),
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: texts\ndata:\n  texts: {{ .Values.texts | toJson | quote }}\n',
    );
    await promisify(execFile)(config.chart.helm, ['package', chart], {
      cwd: folder,
    });
    helm = new HelmClient({ ...config.chart, path: folder }, config.kubernetes);
  });

  afterAll(() => rm(folder, { recursive: true }));

  it('carries each text into the objects of a release as it is', async () => {
    const texts = HOSTILE_TEXTS.map(([, text]) => text).filter(
      text => !/\p{Cs}/u.test(text),
    );
    await helm.upgrade(
      { name: release, namespace, chartVersion: '0.0.1', values: { texts } },
      signal,
    );

    const found = await kubernetes.get<V1ConfigMap>({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      name: 'texts',
      namespace,
    });
    expect(JSON.parse(found?.data?.texts ?? '')).toEqual(texts);
    expect((await helm.get(release, namespace, signal))?.values).toEqual({
      texts,
    });
  });
});

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PORTS } from '../addresses.ts';
import { built } from '../builds/cache.ts';
import { externalSecretsBuild } from '../builds/external-secrets.ts';
import { goRequirement, kubernetesBuild } from '../builds/go.ts';
import { answers } from '../http.ts';
import { kubeconfig } from '../kubeconfig.ts';
import {
  kubeApply,
  kubeGet,
  requestToken,
  tokenIsGood,
} from '../kubernetes-client.ts';
import type { Context, Part } from '../part.ts';
import type { Paths } from '../paths.ts';
import {
  allRunning,
  keepRunning,
  stopProcess,
  waitUntil,
} from '../processes.ts';
import { fillFile } from '../template.ts';
import { writeSecretFile } from '../write-file.ts';

const NAME = 'external-secrets';
const METRICS = `127.0.0.1:${PORTS.externalSecretsMetrics}`;

const tokenFile = (paths: Paths) => join(paths.state, 'external-secrets-token');

/** Lists that are there once the API server serves the kinds. */
const SERVED = [
  '/apis/external-secrets.io/v1/secretstores?limit=1',
  '/apis/external-secrets.io/v1/externalsecrets?limit=1',
  '/apis/generators.external-secrets.io/v1alpha1/generatorstates?limit=1',
];

const ready = () => answers({ url: `http://${METRICS}/metrics` });

async function ensureToken(paths: Paths): Promise<string> {
  const file = tokenFile(paths);
  const known = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  if (known && (await tokenIsGood(paths, known))) return known;
  const token = await requestToken(paths, NAME, NAME);
  writeSecretFile(file, token);
  return token;
}

async function start(context: Context) {
  const { paths, say } = context;
  const folder = await built(context, externalSecretsBuild);
  const hyperkube = join(await built(context, kubernetesBuild), 'hyperkube');
  say('applying its kinds and rights');
  await kubeApply(
    context,
    hyperkube,
    [
      readFileSync(join(folder, 'crds.yaml'), 'utf8'),
      fillFile(paths, 'external-secrets.yaml'),
    ].join('\n---\n'),
  );
  await waitUntil(context, 'kinds of External Secrets', [], async () => {
    const lists = await Promise.all(SERVED.map(path => kubeGet(paths, path)));
    return lists.every(list => list !== undefined);
  });
  const config = kubeconfig(NAME, readFileSync(join(paths.pki, 'ca.crt')), {
    token: await ensureToken(paths),
  });
  const file = join(paths.pki, `${NAME}.conf`);
  writeSecretFile(file, config);
  await keepRunning(context, {
    name: NAME,
    argv: [
      join(folder, NAME),
      `--metrics-addr=${METRICS}`,
      '--concurrent=5',
      '--enable-cluster-store-reconciler=false',
      '--enable-cluster-external-secret-reconciler=false',
      '--enable-cluster-push-secret-reconciler=false',
      '--enable-push-secret-reconciler=false',
      '--enable-generator-state=false',
    ],
    env: { KUBECONFIG: file },
    config: [config],
  });
  await waitUntil(context, 'External Secrets', [NAME], ready);
}

/** External Secrets as a process on the host, with an account of its own. */
export const externalSecrets: Part = {
  name: NAME,
  needs: ['kubernetes-api'],
  processes: [NAME],
  listens: [METRICS],
  requirements: paths => goRequirement(paths, externalSecretsBuild),
  prepare: async context => {
    await built(context, externalSecretsBuild);
  },
  start,
  isUp: async ({ paths }) => allRunning(paths, [NAME]) && (await ready()),
  stop: ({ paths }) => stopProcess(paths, NAME),
};

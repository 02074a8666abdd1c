import { readFileSync } from 'node:fs';
import type { SecretProvider } from '@internal/mlflow-sandbox/src/demo/portal.ts';
import type { Context } from '@internal/mlflow-sandbox/src/part.ts';
import { readVaultKeys } from '@internal/mlflow-sandbox/src/vault-client.ts';
import { linesOf, startCreation, waitForEnd } from '../lane/tasks.ts';
import { withLanes } from '../LanePool.ts';
import type { Worker } from '../LanePool.ts';
import { lastLines } from '../modes/judge.ts';
import { RUN_MS } from '../modes/Trial.ts';
import type { Secret } from './forms.ts';
import { SecretSearch } from './forms.ts';
import { generatedSecrets } from './generated.ts';
import type { Place } from './places.ts';
import {
  clusterPlaces,
  databaseDumps,
  externalSecrets,
  systemLogs,
} from './places.ts';
import { missedPlants } from './plant.ts';
import { ProcessSampler } from './ProcessSampler.ts';

/** Makes an instance and looks for its secrets. @returns how many faults there are */
export function searchSecrets(
  context: Context,
  first: number,
  secrets: SecretProvider,
): Promise<number> {
  return withLanes(context, { first, count: 1, secrets }, async ([worker]) => {
    const instance = worker.newInstance();
    try {
      return await search(context, worker, instance, secrets);
    } finally {
      await worker.remove(instance);
    }
  });
}

async function search(
  context: Context,
  worker: Worker,
  instance: string,
  provider: SecretProvider,
): Promise<number> {
  const { backend } = worker.lane;
  await worker.lane.serve(instance);
  const user = await worker.user();
  const sampler = new ProcessSampler(() => backend.pid);
  sampler.start();
  const id = await startCreation(user, instance);
  const end = await waitForEnd(user, id, {
    timeoutMs: RUN_MS,
    signal: context.signal,
  });
  const processes = sampler.stop();
  if (end.status !== 'completed') {
    throw new Error(`the run ended ${end.status}: ${lastLines(end)}`);
  }
  const helm = processes.filter(({ name }) => /\bhelm\b/.test(name));
  if (helm.length === 0) {
    throw new Error('No helm was seen among the processes.');
  }
  const places: Place[] = [
    { name: 'log of the task', text: (await linesOf(user, id)).join('\n') },
    { name: 'log of the backend', text: readFileSync(backend.logFile) },
    ...(await databaseDumps(context, await backend.databases())),
    ...(await clusterPlaces(context, instance)),
    ...(provider === 'vault' ? [await externalSecrets(context)] : []),
    ...systemLogs(context, provider),
    ...processes,
  ];
  const generated = await generatedSecrets(context, instance);
  const given = givenSecrets(context);
  process.stdout.write(
    `${generated.length} secrets of the instance and ${given.length} of the portal, in ${places.length} places; ${helm.length} helms of ${processes.length} processes in ${sampler.looks} looks\n`,
  );
  const finder = new SecretSearch([...generated, ...given]);
  const faults = [
    ...places.flatMap(({ name, text }) =>
      finder.in(text).map(secret => `${secret} stands in ${name}`),
    ),
    ...(await missedPlants(context, instance)).map(
      name => `the search misses a planted value in ${name}`,
    ),
  ];
  faults.forEach(fault => process.stdout.write(`FAILED ${fault}\n`));
  process.stdout.write(`secrets: ${faults.length} found where none may be\n`);
  return faults.length;
}

/** Those by which the portal comes into the systems; it was given them in its config. */
function givenSecrets({ paths, secrets }: Context): Secret[] {
  const { secretId } = readVaultKeys(paths) ?? {};
  const vault = secretId
    ? [{ name: "the portal's secret id of Vault", value: secretId }]
    : [];
  const others = (
    [
      'postgresProvisioner',
      'minioProvisioner',
      'clientProvisioner',
      'clientCatalog',
      'portalSession',
    ] as const
  ).map(name => ({ name: `the portal's ${name}`, value: secrets[name] }));
  return [...others, ...vault];
}

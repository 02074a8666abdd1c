import { spawn } from 'node:child_process';
import { RECORDS_NAMESPACE } from '@internal/mlflow-sandbox/src/addresses.ts';
import { kubectl } from '@internal/mlflow-sandbox/src/bench/platform.ts';
import type { Context } from '@internal/mlflow-sandbox/src/part.ts';
import { generateSecret } from '@internal/mlflow-sandbox/src/secrets.ts';
import { SecretSearch } from './forms.ts';
import type { Place } from './places.ts';
import { clusterPlaces } from './places.ts';
import { ProcessSampler } from './ProcessSampler.ts';

const CONFIG_MAP = 'planted-by-the-fault-tests';

/**
 * Puts a value where no secret may be and looks whether the search finds it: in
 * a ConfigMap, in base64 within a longer text, and among a process's arguments.
 *
 * @returns the places in which it was not found
 */
export async function missedPlants(
  context: Context,
  instance: string,
): Promise<string[]> {
  const planted = generateSecret();
  const search = new SecretSearch([{ name: 'planted value', value: planted }]);
  const missed = (name: string, places: Place[]) =>
    places.some(({ text }) => search.in(text).length > 0) ? [] : [name];
  return [
    ...missed('a ConfigMap', await inConfigMap(context, planted, instance)),
    ...missed('arguments of a process', await inArguments(planted)),
    ...[1, 2, 3].flatMap(offset => {
      const around = Buffer.from(`${'x'.repeat(offset)}${planted}yyyy`);
      const text = around.toString('base64');
      return missed(`base64 at offset ${offset}`, [{ name: '', text }]);
    }),
  ];
}

async function inConfigMap(
  context: Context,
  planted: string,
  instance: string,
): Promise<Place[]> {
  const of = ['configmap', CONFIG_MAP, '-n', RECORDS_NAMESPACE];
  await kubectl(context, 'delete', ...of, '--ignore-not-found');
  await kubectl(context, 'create', ...of, `--from-literal=key=${planted}`);
  try {
    return await clusterPlaces(context, instance);
  } finally {
    await kubectl(context, 'delete', ...of, '--ignore-not-found');
  }
}

async function inArguments(planted: string): Promise<Place[]> {
  const sampler = new ProcessSampler(() => process.pid);
  sampler.start();
  const child = spawn('sh', ['-c', 'sleep 0.2', planted]);
  await new Promise(resolve => child.on('exit', resolve));
  return sampler.stop();
}

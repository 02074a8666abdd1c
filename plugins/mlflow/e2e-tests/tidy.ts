import { forgetInstance } from '@internal/mlflow-sandbox/src/bench/forgetInstance.ts';
import { kubectl } from '@internal/mlflow-sandbox/src/bench/platform.ts';
import { RECORDS_NAMESPACE } from '@internal/mlflow-sandbox/src/addresses.ts';
import { loadSecrets } from '@internal/mlflow-sandbox/src/secrets.ts';
import { paths } from './sandbox';

const RECORD = /^configmap\/instance-(e2e-.+)$/;

/**
 * Removes the instances that these tests made, in this run or in one that was
 * cut off: the sandbox's node has room for about a dozen.
 */
export default async function tidy(): Promise<void> {
  const context = {
    paths,
    secrets: loadSecrets(paths),
    signal: AbortSignal.timeout(300_000),
    say: () => {},
  };
  const records = await kubectl(
    context,
    'get',
    'configmaps',
    '-n',
    RECORDS_NAMESPACE,
    '-o',
    'name',
  );
  for (const line of records.split('\n')) {
    const name = line.match(RECORD)?.[1];
    if (name) {
      await forgetInstance(context, name).catch(error =>
        // It is tried again by the next run, which needs the room.
        process.stderr.write(`${name} stays for now: ${error.message}\n`),
      );
    }
  }
}

import { setTimeout as sleep } from 'node:timers/promises';
import { KubernetesClient } from '../src/systems/kubernetes/KubernetesClient';
import { InstanceWatch } from '../src/watch/InstanceWatch';

// A process of its own, so that nothing else is in its heap.

const namespace = 'backstage-mlflow';
const count = Number(process.env.BENCH_INSTANCES);
const silent = () => undefined;
const logger = {
  error: silent,
  warn: silent,
  info: silent,
  debug: silent,
  child: () => logger,
};

const usage = () => {
  globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  return { heapUsed, rss };
};

async function main(): Promise<void> {
  const config = {
    server: process.env.BENCH_SERVER,
    ca: process.env.BENCH_CA,
    token: process.env.BENCH_TOKEN,
    inCluster: false,
    namespace,
  };
  const kubernetes = KubernetesClient.fromConfig(config);
  const watch = new InstanceWatch(
    { name: 'sandbox', config: { kubernetes: config }, kubernetes },
    { logger },
  );
  // The libraries are loaded by what comes before the watch.
  await kubernetes.get({
    apiVersion: 'v1',
    kind: 'Namespace',
    name: namespace,
  });
  const before = usage();
  const from = performance.now();
  watch.start();
  const ready = () => {
    const listed = watch.list();
    return (
      watch.freshness().rightAt !== undefined &&
      listed.length === count &&
      listed.every(
        ({ deployment, health }) =>
          deployment?.status?.availableReplicas && health,
      )
    );
  };
  while (!ready()) {
    await sleep(5);
  }
  const seconds = (performance.now() - from) / 1000;
  await sleep(1_000);
  const after = usage();
  process.stdout.write(
    JSON.stringify({
      listToReadySeconds: seconds,
      heapBytes: after.heapUsed - before.heapUsed,
      rssBytes: after.rss - before.rss,
    }),
  );
  watch.stop();
}

main().then(
  () => process.exit(0),
  error => {
    process.stderr.write(`${error}\n`);
    process.exit(1);
  },
);

import { join } from 'node:path';
import { run } from '@internal/mlflow-sandbox/src/exec.ts';
import { kubeGet } from '@internal/mlflow-sandbox/src/kubernetes-client.ts';
import { dockerHost } from '@internal/mlflow-sandbox/src/parts/docker.ts';
import { TestInstance } from './instances';
import { paths } from './sandbox';

/** How the client logs in, by MLflow's own variables. */
export interface ClientLogin {
  MLFLOW_TRACKING_USERNAME?: string;
  MLFLOW_TRACKING_PASSWORD?: string;
  MLFLOW_TRACKING_TOKEN?: string;
}

interface Deployment {
  spec: { template: { spec: { containers: { image: string }[] } } };
}

/** The instance's own image: it has the client of the same version. */
async function imageOf({ names }: TestInstance): Promise<string> {
  const deployment = await kubeGet<Deployment>(
    paths,
    `/apis/apps/v1/namespaces/${names.namespace}/deployments/${names.release}`,
  );
  if (!deployment) {
    throw new Error(`Kubernetes has no deployment of ${names.release}`);
  }
  return deployment.spec.template.spec.containers[0].image;
}

/**
 * Runs `client.py` outside the cluster: a container of the machine's Docker
 * engine, which knows no name and no network of the cluster.
 *
 * @returns what the client printed as JSON
 * @throws SandboxError with the end of its output when it fails
 */
export async function runClient<T>(
  instance: TestInstance,
  login: ClientLogin,
  args: string[],
  timeoutMs = 120_000,
): Promise<T> {
  const env: Record<string, string> = {
    ...login,
    MLFLOW_TRACKING_URI: instance.urls.mlflow.replace(/\/$/, ''),
    MLFLOW_TRACKING_SERVER_CERT_PATH: '/ca.crt',
  };
  const output = await run(
    [
      'docker',
      '-H',
      dockerHost(paths),
      'run',
      '--rm',
      '--quiet',
      '--network=host',
      `--add-host=${instance.host}:127.0.0.1`,
      `--volume=${paths.caCert}:/ca.crt:ro`,
      `--volume=${join(__dirname, 'client.py')}:/client.py:ro`,
      // Names alone: the values stay out of every list of processes.
      ...Object.keys(env).map(name => `--env=${name}`),
      await imageOf(instance),
      'python',
      '/client.py',
      ...args,
    ],
    { signal: AbortSignal.timeout(timeoutMs), env, capture: true },
  );
  return JSON.parse(output.trim().split('\n').at(-1) ?? '');
}

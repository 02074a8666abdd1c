import { MLFLOW_PORT } from '../releases/Release';
import { abortable } from '../systems/abortable';
import { requestThroughPod } from '../systems/kubernetes/portForward';
import { MlflowAnswer } from '../systems/mlflow/MlflowClient';
import { Instance } from '../steps/Step';
import { InsideContext } from './ProbeContext';

/** How other pods call the server. */
export function serviceHost({ names }: Instance): string {
  return `${names.release}.${names.namespace}.svc.cluster.local:${MLFLOW_PORT}`;
}

/** Asks a pod of the server as another pod would, by any `Host`. */
export async function askInside(
  { instance, platform, pod, signal }: InsideContext,
  request: { path: string; host: string; token?: string },
): Promise<MlflowAnswer> {
  const { status, headers, body } = await abortable(
    requestThroughPod(
      platform.kubernetes.kubeConfig,
      { namespace: instance.names.namespace, pod, port: MLFLOW_PORT },
      {
        path: request.path,
        host: request.host,
        headers: request.token
          ? { authorization: `Bearer ${request.token}` }
          : {},
      },
      signal,
    ),
    signal,
  );
  return {
    status,
    contentType: headers['content-type'] ?? '',
    location: headers.location,
    text: body,
  };
}

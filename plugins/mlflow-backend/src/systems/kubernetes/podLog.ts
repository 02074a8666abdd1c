import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { Log, V1Pod } from '@kubernetes/client-node';
import { toBackstageError } from './errors';
import { KubernetesClient } from './KubernetesClient';

/**
 * The last lines of a pod's first container, with everything masked that could
 * let somebody in.
 */
export async function readPodLog(
  kubernetes: KubernetesClient,
  pod: V1Pod,
  options: { tailLines: number },
  signal: AbortSignal,
): Promise<string[]> {
  const name = pod.metadata?.name ?? '';
  const namespace = pod.metadata?.namespace ?? '';
  const stream = new PassThrough();
  try {
    const request = await new Log(kubernetes.kubeConfig).log(
      namespace,
      name,
      pod.spec?.containers[0].name ?? '',
      stream,
      { tailLines: options.tailLines },
    );
    const stop = () => request.abort();
    signal.addEventListener('abort', stop, { once: true });
    try {
      signal.throwIfAborted();
      return (await text(stream)).split('\n').map(maskSecrets);
    } finally {
      signal.removeEventListener('abort', stop);
    }
  } catch (error) {
    signal.throwIfAborted();
    throw toBackstageError(error, `read the log of pod ${namespace}/${name}`);
  }
}

/** One-time codes, tokens, cookies and passwords in URLs become `***`. */
export function maskSecrets(line: string): string {
  return line
    .replace(/\b(code|state|session_state|token)=[^&\s"']+/g, '$1=***')
    .replace(/\b(Bearer|Basic) [\w.~+/=-]+/gi, '$1 ***')
    .replace(/\b(mlf_)\w+/g, '$1***')
    .replace(/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, '***')
    .replace(/(:\/\/[^:/\s]+:)[^@\s]+@/g, '$1***@')
    .replace(/\b(cookie: ).*/gi, '$1***');
}

import { MlflowAnswer } from '../systems/mlflow/MlflowClient';
import { Probe, ProbeContext } from './ProbeContext';

/** Begins a login; the answer leads to the identity provider. */
export const askLogin: Probe<ProbeContext> = ctx =>
  ctx.mlflow.request('/login', { signal: ctx.signal, accept: 'text/html' });

/**
 * Follows the beginning of a login by one hop. Nobody logs in.
 *
 * @param location - where `/login` leads
 */
export async function askLoginPage(
  { platform, signal }: Pick<ProbeContext, 'platform' | 'signal'>,
  location: string,
): Promise<MlflowAnswer> {
  const page = await platform.fetch(location, {
    redirect: 'manual',
    headers: { accept: 'text/html' },
    signal,
  });
  return {
    status: page.status,
    contentType: page.headers.get('content-type') ?? '',
    location: page.headers.get('location') ?? undefined,
    text: await page.text(),
  };
}

import { askInside } from './inside';
import { AsReader, InsideContext, Probe, ProbeContext } from './ProbeContext';

/** Needs login, an allowed host, and the tracking database. */
const PATH = '/api/2.0/mlflow/experiments/search?max_results=1';

/** Reads experiments in the cluster, as the reader and by this `Host`. */
export function askExperimentsInside(
  ctx: InsideContext & AsReader,
  host: string,
) {
  return askInside(ctx, { path: PATH, host, token: ctx.readerToken });
}

/** Reads experiments through the ingress, as the reader. */
export const askExperiments: Probe<ProbeContext & AsReader> = ctx =>
  ctx.mlflow.request(PATH, { token: ctx.readerToken, signal: ctx.signal });

/** Reads experiments through the ingress, without login. */
export const askExperimentsAnonymously: Probe<ProbeContext> = ctx =>
  ctx.mlflow.request(PATH, { signal: ctx.signal });

import { AsReader, Probe, ProbeContext } from './ProbeContext';

/** Lists artifacts, which the server asks of the object store. */
export const askArtifacts: Probe<ProbeContext & AsReader> = ctx =>
  ctx.mlflow.request('/api/2.0/mlflow-artifacts/artifacts', {
    token: ctx.readerToken,
    signal: ctx.signal,
  });

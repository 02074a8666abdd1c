import { MlflowAnswer, MlflowClient } from '../systems/mlflow/MlflowClient';
import { StepContext } from '../steps/Step';

/** What every probe of a server asks with. */
export interface ProbeContext extends StepContext {
  /** Through the ingress, as people come. */
  mlflow: MlflowClient;
}

/** What a probe needs that asks from inside the cluster. */
export interface InsideContext extends StepContext {
  /** A pod of the server. */
  pod: string;
}

/** What a probe needs that asks as the portal's reader. */
export interface AsReader {
  /** Bearer token. */
  readerToken: string;
}

/**
 * One question that a user's program would ask of a server.
 *
 * @throws when there is no answer; the text names what to check
 */
export type Probe<Context> = (ctx: Context) => Promise<MlflowAnswer>;

import { DeploymentState } from '../deploymentState';
import { bad, good, Judgement } from './Judgement';

/** Whether a server serves at all. */
export function judgeServer(state: DeploymentState): Judgement {
  return state.available
    ? good('ServersReady', 'At least one server is ready.')
    : bad(state.reason, state.message);
}

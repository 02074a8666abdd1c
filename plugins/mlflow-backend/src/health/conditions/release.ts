import { DeploymentState } from '../deploymentState';
import { bad, good, Judgement } from './Judgement';

/** Whether all servers are of the last change. */
export function judgeRelease(state: DeploymentState): Judgement {
  return state.upToDate
    ? good('RolledOut', 'All servers have the last change.')
    : bad(state.reason, state.message);
}

import { Drift } from '../../diagnostics/Drift';
import { bad, good, Judgement, unknown } from './Judgement';

/** How many of what differs are named. */
const NAMED = 3;

/** Whether everything is as was asked for. */
export function judgeDrift({ differing, problems }: Drift): Judgement {
  if (differing.length > 0) {
    const more = differing.length - NAMED;
    return bad(
      'Drifted',
      `${differing.slice(0, NAMED).join('; ')}${
        more > 0 ? ` and ${more} more` : ''
      }. A repair sets it right.`,
    );
  }
  return problems.length > 0
    ? unknown('NotAnswered', problems[0])
    : good('AsAskedFor', 'Everything is as was asked for.');
}

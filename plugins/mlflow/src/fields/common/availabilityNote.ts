import { HostCheck } from '../../api';
import { Note } from './FieldNote';
import { Check } from './useCheck';

/** The words for each outcome of a check. */
export interface AvailabilityWords<T> {
  checking: string;
  free: (answer: T) => string;
  taken: string;
  notChecked: string;
}

/** What a check of a name or a host lets a field say. */
export function availabilityNote<T extends HostCheck>(
  check: Check<T>,
  words: AvailabilityWords<T>,
): Note | undefined {
  switch (check.state) {
    case 'checking':
      return { tone: 'secondary', text: words.checking };
    case 'failed':
      return { tone: 'warning', text: words.notChecked };
    case 'answered':
      return check.answer.free
        ? { tone: 'success', text: words.free(check.answer) }
        : { tone: 'danger', text: check.answer.reason ?? words.taken };
    default:
      return undefined;
  }
}

import { Availability } from 'backstage-plugin-mlflow-common';
import { Note } from './FieldNote';
import { Check } from './useCheck';

/** The words for each outcome of a check. */
export interface AvailabilityWords<T> {
  checking: string;
  free: (answer: T) => string;
  /** The caller's own instance that is not finished has it. */
  yours: string;
  taken: string;
  notChecked: string;
}

/** What a check of a name or a host lets a field say. */
export function availabilityNote<T extends Availability>(
  check: Check<T>,
  words: AvailabilityWords<T>,
): Note | undefined {
  switch (check.state) {
    case 'checking':
      return { tone: 'secondary', text: words.checking };
    case 'failed':
      return { tone: 'warning', text: words.notChecked };
    case 'answered':
      return answerNote(check.answer, words);
    default:
      return undefined;
  }
}

function answerNote<T extends Availability>(
  answer: T,
  words: AvailabilityWords<T>,
): Note {
  if (!answer.free) {
    return { tone: 'danger', text: answer.reason ?? words.taken };
  }
  return {
    tone: 'success',
    text: answer.yours ? words.yours : words.free(answer),
  };
}

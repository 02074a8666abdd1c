import { useEffect, useRef } from 'react';

/**
 * Answers a question with what follows from other answers, and follows them
 * until somebody answers it otherwise.
 *
 * @param paused - while somebody types, who may want to empty it first
 * @param onChange - may be a new one each time, as the form's is
 */
export function useDerived(
  value: string | undefined,
  derived: string | undefined,
  paused: boolean,
  onChange: (value: string | undefined) => void,
) {
  const answer = useRef(onChange);
  useEffect(() => {
    answer.current = onChange;
  });
  const last = useRef(derived);
  useEffect(() => {
    if (paused) {
      return;
    }
    const follows = !value || value === last.current;
    last.current = derived;
    if (follows && value !== derived) {
      answer.current(derived);
    }
  }, [value, derived, paused]);
}

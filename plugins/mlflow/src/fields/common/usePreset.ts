import { useEffect, useRef } from 'react';

/**
 * Answers a question that nobody has answered yet, once the answer is known.
 *
 * @param onChange - may be a new one each time, as the form's is
 */
export function usePreset<T>(
  value: T | undefined,
  preset: T | undefined,
  onChange: (value: T) => void,
) {
  const answer = useRef(onChange);
  useEffect(() => {
    answer.current = onChange;
  });
  const open = value === undefined;
  useEffect(() => {
    if (open && preset !== undefined) {
      answer.current(preset);
    }
  }, [open, preset]);
}

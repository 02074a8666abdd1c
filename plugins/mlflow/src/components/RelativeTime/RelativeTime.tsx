import { relativeTime } from './relativeTime';
import { useLanguage } from './useLanguage';

/**
 * A moment as people say it, with the exact time behind it.
 */
export const RelativeTime = (props: {
  /** ISO 8601 */
  time: string;
}) => {
  const words = relativeTime(props.time, Date.now(), useLanguage());
  return (
    <time dateTime={props.time} title={props.time}>
      {words ?? props.time}
    </time>
  );
};

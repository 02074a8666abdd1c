import { appLanguageApiRef, useApi } from '@backstage/frontend-plugin-api';
import { relativeTime } from './relativeTime';

/**
 * A moment as people say it, with the exact time behind it.
 */
export const RelativeTime = (props: {
  /** ISO 8601 */
  time: string;
}) => {
  const { language } = useApi(appLanguageApiRef).getLanguage();
  const words = relativeTime(props.time, Date.now(), language);
  return (
    <time dateTime={props.time} title={props.time}>
      {words ?? props.time}
    </time>
  );
};

import { Facts } from '../../diagnostics/Facts';
import { bad, good, judge, Judgement } from './Judgement';

/** Whether the bucket takes the key that the server has. */
export function judgeBucket({ store }: Facts): Judgement {
  return judge(store, ({ bucket, listing }) =>
    listing.ok
      ? good('KeyWorks', `Bucket ${bucket} takes the key of the server.`)
      : bad('KeyRefused', listing.message),
  );
}

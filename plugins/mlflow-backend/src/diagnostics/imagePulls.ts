import { Facts, known } from './Facts';
import { unreadyContainers } from './podStates';

/** An image that a node could not pull. */
export interface FailedPull {
  pod: string;
  image: string;
  /** In the words of the node. */
  message: string;
}

const REASONS = ['ErrImagePull', 'ImagePullBackOff'];

/**
 * Images that servers wait for. While a node pauses between two tries it tells
 * the reason in its event alone.
 */
export function failedPulls(facts: Facts): FailedPull[] {
  return unreadyContainers(facts).flatMap(({ pod, image, status }) => {
    const waiting = status.state?.waiting;
    if (!REASONS.includes(waiting?.reason ?? '')) {
      return [];
    }
    const event = (known(facts.cluster)?.events ?? []).find(
      ({ reason, message = '', involvedObject }) =>
        involvedObject.name === pod &&
        reason === 'Failed' &&
        message.startsWith('Failed to pull image'),
    );
    const said = [waiting?.message, event?.message].filter(Boolean).join(' ');
    return [{ pod, image, message: said || 'no reason given' }];
  });
}

/** What a message of a node says of a registry that wants somebody else. */
const REFUSED =
  /\b40[13]\b|unauthorized|authentication required|authorization failed|failed to authorize|no basic auth credentials|access denied|forbidden/i;

/** What it says when the registry has no such image. */
const MISSING = /not found|manifest unknown|name unknown|does not exist/i;

/** Why a pull failed. */
export function kindOfPull({
  message,
}: FailedPull): 'refused' | 'missing' | 'other' {
  if (REFUSED.test(message)) {
    return 'refused';
  }
  return MISSING.test(message) ? 'missing' : 'other';
}

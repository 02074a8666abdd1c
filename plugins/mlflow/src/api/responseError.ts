import {
  AuthenticationError,
  InputError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';

/**
 * Error for an answer of the backend that is no success. The body stays out of
 * it: it may come from a proxy in between.
 *
 * @param status - HTTP status
 * @param subject - what was asked for, for example `the list of platforms`
 */
export function responseError(status: number, subject: string): Error {
  switch (status) {
    case 400:
      return new InputError(
        `The MLflow backend can't make sense of the request for ${subject}; reload the page.`,
      );
    case 401:
      return new AuthenticationError(
        `The MLflow backend doesn't know who asks for ${subject}; sign in again.`,
      );
    case 403:
      return new NotAllowedError(
        `You have no permission for ${subject}; ask its owner or a platform admin.`,
      );
    case 404:
      return new NotFoundError(
        `The MLflow backend has no record for ${subject}.`,
      );
    default:
      return new ServiceUnavailableError(
        `The MLflow backend answered ${status} when asked for ${subject}; try again, and tell a platform admin if it lasts.`,
      );
  }
}

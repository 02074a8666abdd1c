import { ServiceUnavailableError } from '@backstage/errors';

const CONNECTION_CODES = [
  'EACCES',
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'ENOTFOUND',
];

const answered = (error: unknown, status: number) =>
  error instanceof Error &&
  'statusCode' in error &&
  error.statusCode === status;

/** Whether the engine said that there is no such object. */
export function isNotFound(error: unknown): boolean {
  return answered(error, 404);
}

/** Whether the engine keeps an object because another one needs it. */
export function isInUse(error: unknown): boolean {
  return answered(error, 409);
}

/** Whether the engine could not be spoken to at all. */
export function isConnectionError(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    CONNECTION_CODES.includes(String(error.code))
  );
}

/** Says that the engine at an address does not answer; shows no user of it. */
export function engineUnreachable(
  host: string,
  cause: unknown,
): ServiceUnavailableError {
  const shown = host.replace(/\/\/[^/@]*@/, '//');
  return new ServiceUnavailableError(
    `Docker: the engine at ${shown} does not answer; start it, or set image.build.dockerHost (or image.mode to prebuilt).`,
    cause,
  );
}

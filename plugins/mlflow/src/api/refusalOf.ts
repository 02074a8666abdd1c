import { InputError, NotAllowedError } from '@backstage/errors';

/**
 * Why our backend refuses a request, in its own sentence; undefined for every
 * other answer. What a proxy in between may have written is never taken for it.
 */
export async function refusalOf(
  response: Response,
): Promise<Error | undefined> {
  if (response.status !== 400 && response.status !== 403) {
    return undefined;
  }
  const { name, message } = errorIn(await response.clone().text());
  if (typeof message !== 'string' || !message) {
    return undefined;
  }
  switch (name) {
    case 'InputError':
      return new InputError(message);
    case 'NotAllowedError':
      return new NotAllowedError(message);
    default:
      return undefined;
  }
}

function errorIn(text: string): { name?: unknown; message?: unknown } {
  try {
    const body: unknown = JSON.parse(text);
    const error: unknown =
      typeof body === 'object' && body !== null && Reflect.get(body, 'error');
    return typeof error === 'object' && error !== null ? error : {};
  } catch {
    return {};
  }
}

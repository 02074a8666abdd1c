import {
  AuditorServiceCreateEventOptions,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { initiatorRef } from '../permissions/initiator';
import { RouterOptions } from './RouterOptions';

/** An event of a request; who asks is added to its `meta`. */
type RequestEvent = AuditorServiceCreateEventOptions & {
  request: Parameters<HttpAuthService['credentials']>[0];
};

/** Runs one request and tells the audit log how it ended. */
export async function audited<T>(
  {
    auditor,
    auth,
    httpAuth,
  }: Pick<RouterOptions, 'auditor' | 'auth' | 'httpAuth'>,
  options: RequestEvent,
  answer: () => Promise<T>,
): Promise<T> {
  const credentials = await httpAuth.credentials(options.request, {
    allow: ['user', 'service'],
  });
  const event = await auditor.createEvent({
    severityLevel: 'low',
    ...options,
    meta: { ...options.meta, initiator: initiatorRef(auth, credentials) },
  });
  try {
    const result = await answer();
    await event.success();
    return result;
  } catch (error) {
    await event.fail({
      error: error instanceof Error ? error : new Error(String(error)),
    });
    throw error;
  }
}

import {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  AuthorizePermissionRequest,
  AuthorizePermissionResponse,
  AuthorizeResult,
  PolicyDecision,
  QueryPermissionRequest,
} from '@backstage/plugin-permission-common';

/** What the policy says to a user. */
export type Answer = (
  permission: string,
  resourceRef?: string,
) => PolicyDecision['result'] | PolicyDecision;

/**
 * A policy that decides by who asks, as the real one does: a service may do
 * all, a user what the answer says. A route that asks with the plugin's own
 * credentials is thereby found out.
 */
export class PolicyFake implements PermissionsService {
  readonly #answer: Answer;

  constructor(answer: Answer) {
    this.#answer = answer;
  }

  async authorize(
    requests: AuthorizePermissionRequest[],
    { credentials }: { credentials: BackstageCredentials },
  ): Promise<AuthorizePermissionResponse[]> {
    return requests.map(request => {
      const { result } = this.#decide(
        credentials,
        request.permission.name,
        'resourceRef' in request ? request.resourceRef : undefined,
      );
      return {
        result:
          result === AuthorizeResult.ALLOW
            ? AuthorizeResult.ALLOW
            : AuthorizeResult.DENY,
      };
    });
  }

  async authorizeConditional(
    requests: QueryPermissionRequest[],
    { credentials }: { credentials: BackstageCredentials },
  ): Promise<PolicyDecision[]> {
    return requests.map(({ permission }) =>
      this.#decide(credentials, permission.name),
    );
  }

  #decide(
    { principal }: BackstageCredentials,
    permission: string,
    resourceRef?: string,
  ): PolicyDecision {
    if (isService(principal)) {
      return { result: AuthorizeResult.ALLOW };
    }
    const answer = this.#answer(permission, resourceRef);
    if (typeof answer === 'object') {
      return answer;
    }
    if (answer === AuthorizeResult.CONDITIONAL) {
      throw new Error('A conditional answer has conditions.');
    }
    return { result: answer };
  }
}

function isService(principal: unknown): boolean {
  return (
    typeof principal === 'object' &&
    principal !== null &&
    'type' in principal &&
    principal.type === 'service'
  );
}

import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeleteUserCommand,
  DeleteUserPolicyCommand,
  GetUserCommand,
  GetUserPolicyCommand,
  IAMClient,
  ListAccessKeysCommand,
  ListUserPoliciesCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import { ServiceUnavailableError } from '@backstage/errors';
import { codeOf, toBackstageError } from './errors';
import { AccessKey } from './ObjectStore';
import { parsePolicy, PolicyDocument, ReadPolicy } from './policy';

/** Users, their keys and their policies by the IAM API. */
export class IamUsers {
  readonly #iam: IAMClient;

  constructor(iam: IAMClient) {
    this.#iam = iam;
  }

  async exists(user: string, signal: AbortSignal): Promise<boolean> {
    const found = await this.#do(
      `read user ${user}`,
      'NoSuchEntity',
      signal,
      options =>
        this.#iam.send(new GetUserCommand({ UserName: user }), options),
    );
    return found !== undefined;
  }

  /** Makes a user without any right; that it exists already is no error. */
  async create(user: string, signal: AbortSignal): Promise<void> {
    await this.#do(
      `create user ${user}`,
      'EntityAlreadyExists',
      signal,
      options =>
        this.#iam.send(new CreateUserCommand({ UserName: user }), options),
    );
  }

  /** Removes a user with all its keys and policies. */
  async delete(user: string, signal: AbortSignal): Promise<void> {
    if (!(await this.exists(user, signal))) {
      return;
    }
    for (const id of await this.keys(user, signal)) {
      await this.deleteKey(user, id, signal);
    }
    for (const name of await this.policies(user, signal)) {
      await this.deletePolicy(user, name, signal);
    }
    await this.#do(`delete user ${user}`, 'NoSuchEntity', signal, options =>
      this.#iam.send(new DeleteUserCommand({ UserName: user }), options),
    );
  }

  /** Names of the user's own policies. */
  async policies(user: string, signal: AbortSignal): Promise<string[]> {
    const answer = await this.#do(
      `list the policies of user ${user}`,
      'NoSuchEntity',
      signal,
      options =>
        this.#iam.send(
          new ListUserPoliciesCommand({ UserName: user }),
          options,
        ),
    );
    return answer?.PolicyNames ?? [];
  }

  async readPolicy(
    user: string,
    name: string,
    signal: AbortSignal,
  ): Promise<ReadPolicy | undefined> {
    const answer = await this.#do(
      `read policy ${name} of user ${user}`,
      'NoSuchEntity',
      signal,
      options =>
        this.#iam.send(
          new GetUserPolicyCommand({ UserName: user, PolicyName: name }),
          options,
        ),
    );
    return answer?.PolicyDocument
      ? parsePolicy(JSON.parse(decodeURIComponent(answer.PolicyDocument)))
      : undefined;
  }

  async putPolicy(
    user: string,
    name: string,
    policy: PolicyDocument,
    signal: AbortSignal,
  ): Promise<void> {
    await this.#do(
      `set the policy of user ${user}`,
      undefined,
      signal,
      options =>
        this.#iam.send(
          new PutUserPolicyCommand({
            UserName: user,
            PolicyName: name,
            PolicyDocument: JSON.stringify(policy),
          }),
          options,
        ),
    );
  }

  async deletePolicy(
    user: string,
    name: string,
    signal: AbortSignal,
  ): Promise<void> {
    await this.#do(
      `delete a policy of user ${user}`,
      'NoSuchEntity',
      signal,
      options =>
        this.#iam.send(
          new DeleteUserPolicyCommand({ UserName: user, PolicyName: name }),
          options,
        ),
    );
  }

  /** Ids of the user's keys. */
  async keys(user: string, signal: AbortSignal): Promise<string[]> {
    const answer = await this.#do(
      `list the keys of user ${user}`,
      'NoSuchEntity',
      signal,
      options =>
        this.#iam.send(new ListAccessKeysCommand({ UserName: user }), options),
    );
    return (answer?.AccessKeyMetadata ?? []).flatMap(
      key => key.AccessKeyId ?? [],
    );
  }

  /** Makes a key; a user may have two. */
  async createKey(user: string, signal: AbortSignal): Promise<AccessKey> {
    const answer = await this.#do(
      `create a key of user ${user}`,
      undefined,
      signal,
      options =>
        this.#iam.send(new CreateAccessKeyCommand({ UserName: user }), options),
    );
    const { AccessKeyId, SecretAccessKey } = answer?.AccessKey ?? {};
    if (!AccessKeyId || !SecretAccessKey) {
      throw new ServiceUnavailableError(
        `Object store: the store made no key for user ${user}. Run it again.`,
      );
    }
    return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey };
  }

  async deleteKey(
    user: string,
    id: string,
    signal: AbortSignal,
  ): Promise<void> {
    await this.#do(
      `delete a key of user ${user}`,
      'NoSuchEntity',
      signal,
      options =>
        this.#iam.send(
          new DeleteAccessKeyCommand({ UserName: user, AccessKeyId: id }),
          options,
        ),
    );
  }

  /** Ends all connections. */
  close(): void {
    this.#iam.destroy();
  }

  /** @param expected - code of an answer that stands for undefined */
  async #do<T>(
    what: string,
    expected: string | undefined,
    signal: AbortSignal,
    use: (options: { abortSignal: AbortSignal }) => Promise<T>,
  ): Promise<T | undefined> {
    signal.throwIfAborted();
    try {
      return await use({ abortSignal: signal });
    } catch (error) {
      signal.throwIfAborted();
      if (expected && codeOf(error) === expected) {
        return undefined;
      }
      throw toBackstageError(error, what);
    }
  }
}

import {
  BackstageCredentials,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import {
  CompoundEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { NotFoundError, ServiceUnavailableError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import {
  InstanceReference,
  mlflowPermissions,
  stringifyInstanceReference,
} from 'backstage-plugin-mlflow-common';
import { EntityLookups } from '../catalog/EntityLookups';
import { resolveInstance } from '../catalog/resolveInstance';
import { Recent, RecordPolicy, userOf } from '../permissions';
import { initiatorRef } from '../permissions/initiator';
import { Platform } from '../platform/Platform';
import { InstanceSource, ObservedInstance } from '../watch/ObservedInstance';
import { audited } from './audited';
import { RouterOptions } from './RouterOptions';

/** A request for something about the instance that an entity stands for. */
export type InstanceRequest = Parameters<HttpAuthService['credentials']>[0] & {
  params: CompoundEntityRef;
};

/** An instance that the caller may look at. */
export interface OpenInstance {
  ref: InstanceReference;
  platform: Platform;
  source: InstanceSource;
  observed: ObservedInstance;
  /** Who asks, as the audit log names them. */
  caller: string;
}

/** Leads from an entity to its instance, for whoever may go there. */
export class InstanceAccess {
  readonly #options: RouterOptions;
  readonly #policy: RecordPolicy;
  readonly #lookups: EntityLookups;
  readonly #refs = new Recent<InstanceReference>();

  constructor(options: RouterOptions, policy: RecordPolicy) {
    this.#options = options;
    this.#policy = policy;
    this.#lookups = new EntityLookups(options.catalog);
  }

  /**
   * Answers a request about an instance: the entity is read and the permission
   * asked with the caller's own credentials, and the audit log is told. What a
   * user sees and may do is believed for some seconds, see `Recent`.
   *
   * @throws NotFoundError when the caller sees no such entity, or it is none of
   * the plugin's
   * @throws NotAllowedError when the caller may not
   * @throws ServiceUnavailableError while the platform's instances are unknown
   */
  async answer<T>(
    request: InstanceRequest,
    {
      eventId,
      permission,
      meta,
    }: {
      eventId: string;
      permission: (typeof mlflowPermissions)[number];
      /** What else the audit log is told. */
      meta?: JsonObject;
    },
    answer: (instance: OpenInstance) => T | Promise<T>,
  ): Promise<T> {
    const { auth, httpAuth, platforms, sources } = this.#options;
    const { kind, namespace, name } = request.params;
    const entityRef = stringifyEntityRef({ kind, namespace, name });
    return audited(
      this.#options,
      {
        eventId,
        request,
        meta: { ...meta, entityRef },
      },
      async () => {
        const credentials = await httpAuth.credentials(request, {
          allow: ['user', 'service'],
        });
        const user = userOf(auth, credentials);
        const ref = await this.#refs.get(user && `${entityRef} ${user}`, () =>
          this.#resolve(entityRef, credentials, user),
        );
        const platform = platforms.get(ref.platform);
        const found = observe(sources.get(ref.platform), ref);
        await this.#policy.authorize(
          permission,
          found.observed.record.spec,
          credentials,
        );
        const caller = initiatorRef(auth, credentials);
        return answer({ ref, platform, caller, ...found });
      },
    );
  }

  async #resolve(
    entityRef: string,
    credentials: BackstageCredentials,
    user: string | undefined,
  ): Promise<InstanceReference> {
    const entity = await this.#lookups.find(entityRef, credentials, user);
    const ref = resolveInstance(entity);
    if (!ref) {
      throw new NotFoundError(
        `Catalog: ${entityRef} does not stand for an MLflow instance that you can see.`,
      );
    }
    return ref;
  }
}

function observe(
  source: InstanceSource | undefined,
  ref: InstanceReference,
): { source: InstanceSource; observed: ObservedInstance } {
  const observed = source?.get(ref.name);
  if (source && observed) {
    return { source, observed };
  }
  const { complete, error } = source?.freshness() ?? { complete: false };
  if (complete) {
    throw new NotFoundError(
      `No instance ${stringifyInstanceReference(
        ref,
      )} is recorded any more. The catalog drops its entity in a moment.`,
    );
  }
  throw new ServiceUnavailableError(
    `Kubernetes: the instances of platform ${ref.platform} are not known yet. Try again in a moment; if it lasts, a platform admin must see to its API server.`,
    error,
  );
}

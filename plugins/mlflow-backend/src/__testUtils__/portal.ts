import {
  BackstageCredentials,
  BackstageUserInfo,
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { permissionsServiceFactory } from '@backstage/backend-defaults/permissions';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { stringifyError } from '@backstage/errors';
import permissionPlugin from '@backstage/plugin-permission-backend';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { JsonObject } from '@backstage/types';
import demoPolicyModule from '../../dev/policyModule';
import { scaffolderModuleMlflow } from '../actions/module';
import { toEntity } from '../catalog/entity';
import { instanceSourcesRef } from '../watch/InstanceSources';
import { platformsServiceRef } from '../platform/PlatformsService';
import { mlflowPlugin } from '../plugin';
import { actionContext, AnyAction } from './actions';
import { testRecord, TestSource, testSources } from './instances';
import { Caller, INSTANCE } from './permissionMatrix';
import { unreachablePlatformConfig } from './platformConfig';
import { testPlatforms } from './platforms';

/** Groups of each person. */
const GROUPS: Partial<Record<Caller, string[]>> = {
  outsider: ['group:default/team-b'],
  member: ['group:default/team-a'],
  owner: ['group:default/team-a'],
  admin: ['group:default/platform'],
};

const group = (name: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name },
  spec: { type: 'team', children: [] },
});

const userRef = (caller: Caller) => `user:default/${caller}`;

/**
 * Tokens say, as real ones do, which plugin acts for a user: the permission
 * framework tells nobody else what its conditions come to.
 */
const actingAuth = createServiceFactory({
  service: coreServices.auth,
  deps: { plugin: coreServices.pluginMetadata },
  factory({ plugin }) {
    const pluginId = plugin.getId();
    const auth = mockServices.auth({ pluginId });
    const forService = auth.getPluginRequestToken.bind(auth);
    auth.getPluginRequestToken = async options => {
      const { onBehalfOf } = options;
      return auth.isPrincipal(onBehalfOf, 'user')
        ? {
            token: mockCredentials.user.token(
              onBehalfOf.principal.userEntityRef,
              { actor: { subject: `plugin:${pluginId}` } },
            ),
          }
        : forService(options);
    };
    return auth;
  },
});

/** An audit event, and how it ended. */
export interface AuditEvent {
  eventId: string;
  meta: JsonObject;
  end?: 'success' | 'fail';
}

/** What a refused action throws. */
const REFUSAL =
  /^NotAllowedError|Only a signed-in user|failed with 401 Unauthorized/;

/** What an action throws that was let through to the systems. */
const LET_THROUGH = /^ServiceUnavailableError/;

/**
 * Plugin and actions in a backend whose permission framework is real and has the
 * policy of the demo. No system behind the platform can be reached: who gets so
 * far was let through.
 */
export async function startPortal() {
  const events: AuditEvent[] = [];
  const actions = new Map<string, AnyAction>();
  const record = testRecord(INSTANCE, { taskId: 'task-of-owner' });
  const source = new TestSource(INSTANCE.platform).listed(record);
  const { server } = await startTestBackend({
    extensionPoints: [
      [
        scaffolderActionsExtensionPoint,
        {
          addActions: (...added) =>
            added.forEach(action => actions.set(action.id, action)),
        },
      ],
    ],
    features: [
      permissionPlugin,
      demoPolicyModule,
      mlflowPlugin,
      scaffolderModuleMlflow,
      permissionsServiceFactory,
      actingAuth,
      mockServices.httpAuth.factory({
        defaultCredentials: mockCredentials.none(),
      }),
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: 'https://portal.example.com' },
          backend: { baseUrl: 'https://portal.example.com' },
          permission: { enabled: true },
        },
      }),
      catalogServiceMock.factory({
        entities: [toEntity(record.spec), group('team-a'), group('team-b')],
      }),
      createServiceFactory({
        service: instanceSourcesRef,
        deps: {},
        factory: () => testSources(source),
      }),
      createServiceFactory({
        service: platformsServiceRef,
        deps: {},
        factory: () =>
          testPlatforms(
            mockServices.logger.mock(),
            unreachablePlatformConfig(),
          ),
      }),
      createServiceFactory({
        service: coreServices.auditor,
        deps: {},
        factory: () => auditorTo(events),
      }),
      mockServices.userInfo.mock({ getUserInfo: async c => userInfoOf(c) })
        .factory,
    ],
  });
  return {
    server,
    events,
    authorization: headerOf,
    principal: principalOf,
    actionIds: () => [...actions.keys()],

    /** What becomes of a scaffolder's action, by who starts it. */
    async outcome(id: string, input: JsonObject, caller: Caller) {
      const action = actions.get(id);
      if (!action) {
        throw new Error(`There is no action ${id}.`);
      }
      try {
        await action.handler({
          ...actionContext(input),
          task: { id: `task-of-${caller}` },
          user: { ref: userRef(caller) },
          getInitiatorCredentials: async () => credentialsOf(caller),
        });
        return 'at work';
      } catch (error) {
        const said = stringifyError(error);
        if (REFUSAL.test(said)) {
          return 'refused';
        }
        return LET_THROUGH.test(said) ? 'at work' : said;
      }
    },
  };
}

/** See {@link startPortal}. */
export type Portal = Awaited<ReturnType<typeof startPortal>>;

/** How an audit event names who asks. */
function principalOf(caller: Caller): string {
  switch (caller) {
    case 'nobody':
      return 'nobody';
    case 'service':
      return mockCredentials.service().principal.subject;
    default:
      return userRef(caller);
  }
}

function headerOf(caller: Caller): string {
  switch (caller) {
    case 'nobody':
      return mockCredentials.none.header();
    case 'service':
      return mockCredentials.service.header();
    default:
      return mockCredentials.user.header(userRef(caller));
  }
}

function credentialsOf(caller: Caller): BackstageCredentials {
  switch (caller) {
    case 'nobody':
      return mockCredentials.none();
    case 'service':
      return mockCredentials.service();
    default:
      return mockCredentials.user(userRef(caller));
  }
}

function userInfoOf({ principal }: BackstageCredentials): BackstageUserInfo {
  const ref =
    typeof principal === 'object' && principal
      ? String(Reflect.get(principal, 'userEntityRef'))
      : '';
  const [, groups = []] =
    Object.entries(GROUPS).find(
      ([caller]) => ref === `user:default/${caller}`,
    ) ?? [];
  return { userEntityRef: ref, ownershipEntityRefs: [ref, ...groups] };
}

function auditorTo(events: AuditEvent[]) {
  return mockServices.auditor.mock({
    createEvent: async ({ eventId, meta }) => {
      const event: AuditEvent = { eventId, meta: meta ?? {} };
      events.push(event);
      return {
        success: async () => {
          event.end = 'success';
        },
        fail: async () => {
          event.end = 'fail';
        },
      };
    },
  });
}

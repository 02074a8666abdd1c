import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { ScaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { JsonObject } from '@backstage/types';
import { createActions } from '../actions/createActions';
import { ActionDependencies } from '../actions/dependencies';
import { DryRuns } from '../actions/DryRuns';
import { toEntity } from '../catalog/entity';
import { specFromInput } from '../instances/specFromInput';
import { PlatformConfig } from '../platform/config';
import { Answer, PolicyFake } from './PolicyFake';
import { testPlatforms } from './platforms';

/** An action of whatever input, as the scaffolder takes it. */
export type AnyAction = Parameters<
  ScaffolderActionsExtensionPoint['addActions']
>[number];

export const OWNER = 'group:default/team-a';
export const USER = 'user:default/owner';

const group = (name: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name },
  spec: { type: 'team', children: [] },
});

const shown = (config: PlatformConfig, name: string): Entity =>
  toEntity(specFromInput({ name, owner: OWNER }, config));

/** The actions on one platform, run as a user with this policy. */
export function actionsFor(
  config: PlatformConfig,
  options: {
    answer?: Answer;
    memberOf?: string[];
    shows?: string[];
    people?: Entity[];
  } = {},
) {
  const { answer = () => AuthorizeResult.ALLOW, memberOf = [OWNER] } = options;
  const platforms = testPlatforms(mockServices.logger.mock(), config);
  const deps: ActionDependencies = {
    platforms,
    permissions: new PolicyFake(answer),
    userInfo: mockServices.userInfo({ ownershipEntityRefs: memberOf }),
    catalog: catalogServiceMock({
      entities: [
        group('team-a'),
        group('team-b'),
        ...(options.shows ?? []).map(name => shown(config, name)),
        ...(options.people ?? []),
      ],
    }),
    auditor: mockServices.auditor.mock({
      createEvent: async () => ({
        success: async () => undefined,
        fail: async () => undefined,
      }),
    }),
    auth: mockServices.auth(),
    dryRuns: new DryRuns(),
    appUrl: 'https://portal.example.com',
    portalUrls: ['https://portal.localhost'],
  };
  const list = createActions(deps);
  return {
    deps,
    platforms,
    actions: new Map<string, AnyAction>(list.map(a => [a.id, a])),
  };
}

/** No action of ours has files; without a path, each context leaves a folder behind. */
export const actionContext = (input: JsonObject) =>
  createMockActionContext({ input, workspacePath: '/nowhere' });

/** Runs one action as the scaffolder would. @returns its outputs */
export async function runAction(
  action: AnyAction,
  input: JsonObject,
  options: {
    taskId?: string;
    signal?: AbortSignal;
    user?: string;
    isDryRun?: boolean;
  } = {},
): Promise<JsonObject> {
  const outputs: JsonObject = {};
  const context = actionContext(input);
  await action.handler({
    ...context,
    task: { id: options.taskId ?? 'task-1' },
    user: { ref: options.user ?? USER },
    getInitiatorCredentials: async () => mockCredentials.user(USER),
    signal: options.signal,
    isDryRun: options.isDryRun,
    output: (name, value) => {
      outputs[String(name)] = value;
    },
  });
  return outputs;
}

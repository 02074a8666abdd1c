import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { startTestBackend } from '@backstage/backend-test-utils';
import request from 'supertest';
import {
  ACTIONS,
  Caller,
  CALLERS,
  ROUTES,
} from '../__testUtils__/permissionMatrix';
import { Portal, startPortal } from '../__testUtils__/portal';
import { withPermissionTables } from '../__testUtils__/permissionTable';
import { spec as document } from '../schema/openapi/generated';

const callers = Object.keys(CALLERS).filter(
  (caller): caller is Caller => caller in CALLERS,
);

describe('who may do what under the policy of the demo', () => {
  let portal: Portal;
  let server: Awaited<ReturnType<typeof startTestBackend>>['server'];

  beforeAll(async () => {
    portal = await startPortal();
    server = portal.server;
  });

  const cells = <T extends { allowed: readonly Caller[] }>(
    rows: readonly T[],
  ) =>
    rows.flatMap(row =>
      callers.map(caller => ({
        ...row,
        caller,
        may: row.allowed.includes(caller),
      })),
    );

  it.each(cells(ROUTES))(
    '$operation as $caller: $may',
    async ({ path, body, caller, may, event }) => {
      const before = portal.events.length;
      const url = `/api/mlflow/v1/${path}`;
      const asked = body
        ? request(server).post(url).send(body)
        : request(server).get(url);
      const { status } = await asked.set(
        'Authorization',
        portal.authorization(caller),
      );
      const refusal = caller === 'nobody' ? 401 : 403;
      expect(status === refusal).toBe(!may);
      // Who is not signed in does not come as far as the plugin.
      const told = {
        eventId: event,
        meta: { initiator: portal.principal(caller) },
        ...(!may && { end: 'fail' }),
      };
      expect(portal.events.slice(before)).toMatchObject(
        caller === 'nobody' ? [] : [told],
      );
    },
  );

  it.each(cells(ACTIONS))(
    '$operation as $caller: $may',
    async ({ action, input, caller, may, event }) => {
      const before = portal.events.length;
      expect(await portal.outcome(action, input, caller)).toBe(
        may ? 'at work' : 'refused',
      );
      const told = {
        eventId: event,
        meta: {
          actionType: action,
          initiator: portal.principal(caller),
          taskId: `task-of-${caller}`,
        },
        ...(!may && { end: 'fail' }),
      };
      expect(portal.events.slice(before)).toMatchObject([told]);
    },
  );

  it('says so of every route and every action', () => {
    const routes = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map(method => `${method.toUpperCase()} ${path}`),
    );
    expect(ROUTES.map(({ operation }) => operation).sort()).toEqual(
      routes.sort(),
    );
    expect([...new Set(ACTIONS.map(({ action }) => action))].sort()).toEqual(
      portal.actionIds().sort(),
    );
  });

  it('is the table of the documentation (UPDATE_DOCS=1 writes it)', () => {
    const file = resolve(__dirname, '../../../../docs/permissions.md');
    const written = readFileSync(file, 'utf8');
    const wanted = withPermissionTables(written);
    if (process.env.UPDATE_DOCS) {
      writeFileSync(file, wanted);
    }
    expect(readFileSync(file, 'utf8')).toBe(wanted);
  });
});

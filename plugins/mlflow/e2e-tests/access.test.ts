import { expect, test } from '@playwright/test';
import { LINES } from 'backstage-plugin-mlflow-common';
import { logIn, Session } from '@internal/mlflow-sandbox/src/demo/session.ts';
import { demoUser } from '@internal/mlflow-sandbox/src/demo/users.ts';
import { serviceToken } from './deviceLogin';
import { newName, TestInstance, sharedInstance } from './instances';
import { logInToMlflow, openMlflowUi } from './mlflowBrowser';
import {
  accessToken,
  Authorization,
  basic,
  bearer,
  callMlflow,
} from './mlflowApi';
import { caPem, clientSecret, paths } from './sandbox';

const API = '/api/2.0/mlflow';

/** A caller of one instance. */
function callerOf(instance: TestInstance, authorization?: Authorization) {
  return {
    post: (path: string, body: unknown) =>
      callMlflow(instance, authorization, 'POST', `${API}/${path}`, body),
    get: (path: string) =>
      callMlflow(instance, authorization, 'GET', `${API}/${path}`),
    send: (method: string, path: string, body?: unknown) =>
      callMlflow(instance, authorization, method, path, body),
  };
}

type Caller = ReturnType<typeof callerOf>;

async function callerAs(instance: TestInstance, role: string) {
  const { username } = demoUser(paths, role);
  return callerOf(instance, basic(username, await accessToken(instance, role)));
}

/** Makes an experiment with one run. */
async function makeExperiment(caller: Caller) {
  const name = newName();
  const made = await caller.post('experiments/create', { name });
  expect(made.status).toBe(200);
  const experiment = String(made.body?.experiment_id);
  const run = await caller.post('runs/create', { experiment_id: experiment });
  expect(run.status).toBe(200);
  return {
    name,
    experiment,
    run: String(JSON.parse(run.text).run.info.run_id),
  };
}

async function experimentNames(caller: Caller): Promise<string[]> {
  const { text } = await caller.get('experiments/search?max_results=1000');
  return (JSON.parse(text).experiments ?? []).map(
    ({ name }: { name: string }) => name,
  );
}

for (const line of LINES) {
  test.describe(`line ${line}`, () => {
    test('a member manages what it made, and does not see what others made', async () => {
      const instance = await sharedInstance(line);
      const owner = await callerAs(instance, 'owner');
      const member = await callerAs(instance, 'member');
      const theirs = await makeExperiment(owner);
      const own = await makeExperiment(member);

      for (const [path, body] of [
        [
          'experiments/update',
          { experiment_id: own.experiment, new_name: `${own.name}-2` },
        ],
        ['experiments/delete', { experiment_id: own.experiment }],
        ['experiments/restore', { experiment_id: own.experiment }],
      ] as const) {
        expect((await member.post(path, body)).status, path).toBe(200);
      }
      const seen = await experimentNames(member);
      expect(seen).toContain(`${own.name}-2`);
      expect(seen).not.toContain(theirs.name);

      const refused = [
        await member.get(`experiments/get?experiment_id=${theirs.experiment}`),
        await member.get(`runs/get?run_id=${theirs.run}`),
        await member.post('runs/create', { experiment_id: theirs.experiment }),
        await member.post('experiments/delete', {
          experiment_id: theirs.experiment,
        }),
      ];
      expect(refused.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
      // Whoever administers the instance sees all.
      expect(await experimentNames(owner)).toContain(`${own.name}-2`);
    });

    test("the portal's reader sees everything and changes nothing of others", async () => {
      const instance = await sharedInstance(line);
      const { readerClient } = instance.names;
      const owner = await callerAs(instance, 'owner');
      const reader = callerOf(
        instance,
        bearer(
          await serviceToken(readerClient, await clientSecret(readerClient)),
        ),
      );
      const { name, experiment, run } = await makeExperiment(owner);
      const model = { name: newName() };
      expect((await owner.post('registered-models/create', model)).status).toBe(
        200,
      );

      expect(await experimentNames(reader)).toContain(name);
      expect((await reader.get(`runs/get?run_id=${run}`)).status).toBe(200);
      const refused = [
        await reader.post('runs/create', { experiment_id: experiment }),
        await reader.post('runs/log-metric', {
          run_id: run,
          key: 'm',
          value: 1,
          timestamp: 0,
        }),
        await reader.post('runs/delete', { run_id: run }),
        await reader.post('experiments/delete', { experiment_id: experiment }),
        await reader.send('DELETE', `${API}/registered-models/delete`, model),
      ];
      expect(refused.map(({ status }) => status)).toEqual([
        403, 403, 403, 403, 403,
      ]);
      // What no line can forbid without forbidding it to everybody; the card says so.
      expect(
        (await reader.post('experiments/create', { name: newName() })).status,
      ).toBe(200);
    });

    test('nothing but the login is there for others', async () => {
      const instance = await sharedInstance(line);
      const nobody = callerOf(instance);
      const search = await nobody.get('experiments/search?max_results=1');
      expect([400, 401]).toContain(search.status);
      const wrong = callerOf(instance, basic('member@example.com', 'wrong'));
      expect((await wrong.get('experiments/search?max_results=1')).status).toBe(
        401,
      );
      for (const path of [
        '/metrics',
        '/metrics/',
        '//metrics',
        '/%6detrics',
        '/health/../metrics',
      ]) {
        const { text } = await nobody.send('GET', path);
        expect(text, path).not.toContain('# HELP');
      }
      const outsider = new Session(caPem());
      await logIn(
        outsider,
        `${instance.urls.mlflow}login`,
        demoUser(paths, 'outsider'),
      );
      const answer = await outsider.json(
        'GET',
        `${instance.urls.mlflow}${API.slice(
          1,
        )}/experiments/search?max_results=1`,
      );
      expect([400, 401]).toContain(answer.status);
    });

    test('the login of a browser leads on to MLflow', async ({ page }) => {
      const instance = await sharedInstance(line);
      await logInToMlflow(page, instance, 'member');
      await openMlflowUi(page, instance);
    });
  });
}

import { expect, test } from '@playwright/test';
import { LINES } from 'backstage-plugin-mlflow-common';
import { demoUser } from '@internal/mlflow-sandbox/src/demo/users.ts';
import { http } from '@internal/mlflow-sandbox/src/http.ts';
import { sharedInstance } from './instances';
import { accessToken, basic } from './mlflowApi';
import { caPem, paths } from './sandbox';
import { runningPod } from './serverPod';

const SEARCH = '/api/2.0/mlflow/experiments/search?max_results=1';

for (const line of LINES) {
  test(`line ${line}: only the names of the instance are answered`, async () => {
    const instance = await sharedInstance(line);
    const { username } = demoUser(paths, 'member');
    const authorization = basic(
      username,
      await accessToken(instance, 'member'),
    );
    const { status } = await runningPod(instance);
    const inside = async (host: string) =>
      (
        await http({
          url: `http://${status.podIP}:5000${SEARCH}`,
          headers: { host, authorization },
        })
      ).status;
    const { release, namespace } = instance.names;
    expect(await inside(instance.host)).toBe(200);
    expect(await inside(`${release}.${namespace}.svc:5000`)).toBe(200);
    for (const foreign of [
      'foreign.example.com',
      `${instance.host}.example.com`,
      `${status.podIP}:5000`,
      'localhost',
    ]) {
      expect(await inside(foreign), foreign).toBe(403);
    }

    const forwarded = await http({
      url: `https://${instance.host}/login`,
      ca: caPem(),
      headers: {
        'x-forwarded-host': 'foreign.example.com',
        'x-forwarded-proto': 'http',
      },
    });
    const redirect = new URL(
      String(forwarded.headers.location),
    ).searchParams.get('redirect_uri');
    expect(redirect).toBe(instance.urls.redirect);
  });
}

import { expect, test } from '@playwright/test';
import { LINES } from 'backstage-plugin-mlflow-common';
import { demoUser } from '@internal/mlflow-sandbox/src/demo/users.ts';
import { deviceToken } from './deviceLogin';
import { newName, TestInstance, sharedInstance } from './instances';
import { accessToken, logInByHttp } from './mlflowApi';
import { ClientLogin, runClient } from './pythonClient';
import { paths } from './sandbox';

interface Logged {
  run: string;
  params: Record<string, string>;
  metrics: Record<string, number>;
  artifacts: string[];
  artifactEqual: boolean;
  modelVersion: string;
}

const LOGINS: Record<string, (instance: TestInstance) => Promise<ClientLogin>> =
  {
    'Basic auth with an access token': async instance => ({
      MLFLOW_TRACKING_USERNAME: demoUser(paths, 'member').username,
      MLFLOW_TRACKING_PASSWORD: await accessToken(instance, 'member'),
    }),
    'a token of Keycloak got on a terminal': async instance => {
      // Line 3.6 refuses the token of somebody who never logged in.
      await logInByHttp(instance, 'member');
      return {
        MLFLOW_TRACKING_TOKEN: await deviceToken(
          instance.names.cliClient,
          demoUser(paths, 'member'),
        ),
      };
    },
  };

for (const line of LINES) {
  for (const [how, login] of Object.entries(LOGINS)) {
    test(`line ${line}: a Python client outside the cluster logs a run and gets its artifact back, by ${how}`, async () => {
      const instance = await sharedInstance(line);
      const name = newName();
      const logged = await runClient<Logged>(instance, await login(instance), [
        'log',
        `experiment-${name}`,
        `model-${name}`,
      ]);
      expect(logged).toMatchObject({
        params: { alpha: '0.5' },
        metrics: { rmse: 0.786 },
        artifacts: ['artifact.bin'],
        artifactEqual: true,
        modelVersion: '1',
      });
    });
  }
}

import { expect, test } from '@playwright/test';
import { LINES } from 'backstage-plugin-mlflow-common';
import { get } from 'node:https';
import { demoUser } from '@internal/mlflow-sandbox/src/demo/users.ts';
import { newName, TestInstance, sharedInstance } from './instances';
import { accessToken, basic, callMlflow } from './mlflowApi';
import { runClient } from './pythonClient';
import { caPem, paths } from './sandbox';

/** More than all buffers on the way hold. */
const MIB = 64;

/** Where a run's artifacts are, below the proxy's own path. */
async function artifactPath(
  instance: TestInstance,
  authorization: string,
  run: string,
): Promise<string> {
  const { text } = await callMlflow(
    instance,
    authorization,
    'GET',
    `/api/2.0/mlflow/runs/get?run_id=${run}`,
  );
  return JSON.parse(text).run.info.artifact_uri.replace(
    /^mlflow-artifacts:\//,
    '',
  );
}

/** Begins a download and reads nothing of it. @returns what ends it */
function stalledDownload(
  url: string,
  authorization: string,
): Promise<() => void> {
  return new Promise((resolve, reject) => {
    const request = get(
      url,
      { ca: caPem(), headers: { authorization } },
      response => {
        response.on('error', () => {});
        resolve(() => request.destroy());
      },
    );
    request.on('error', reject);
  });
}

for (const line of LINES) {
  test(`line ${line}: clients that do not read their downloads hold nobody up`, async () => {
    const instance = await sharedInstance(line);
    const { username } = demoUser(paths, 'member');
    const token = await accessToken(instance, 'member');
    const authorization = basic(username, token);
    const { run } = await runClient<{ run: string }>(
      instance,
      { MLFLOW_TRACKING_USERNAME: username, MLFLOW_TRACKING_PASSWORD: token },
      ['send', `slow-${newName()}`, String(MIB)],
    );
    const path = await artifactPath(instance, authorization, run);
    const url = `https://${instance.host}/api/2.0/mlflow-artifacts/artifacts/${path}/large.bin`;
    const ends = await Promise.all([
      stalledDownload(url, authorization),
      stalledDownload(url, authorization),
    ]);
    const began = Date.now();
    const { status } = await callMlflow(
      instance,
      authorization,
      'GET',
      '/api/2.0/mlflow/experiments/search?max_results=5',
    );
    const milliseconds = Date.now() - began;
    ends.forEach(end => end());
    expect(status).toBe(200);
    expect(milliseconds).toBeLessThan(5_000);
  });
}

import { expect, Page, test } from '@playwright/test';
import {
  kubeGet,
  kubeRequest,
} from '@internal/mlflow-sandbox/src/kubernetes-client.ts';
import { sharedInstance, TestInstance } from './instances';
import { look, mlflowCard, signIn } from './portal';
import { paths } from './sandbox';
import { runningPod } from './serverPod';

/** Sections of the tab, and what each shows of an instance that is well. */
const SECTIONS: [string, RegExp][] = [
  ['Overview', /Nothing is found to be wrong/],
  ['Workload', /Database migration/],
  ['Logs', /Codes, tokens, cookies and passwords are masked/],
  ['Events', /Last seen|Kubernetes has no event/],
  ['Holdings', /Client in Keycloak/],
  ['History', /Install complete|Upgrade complete/],
  ['Drift', /everything is as it should be|with the settings of/],
  ['Audit', /Outcome|no audit line/],
  ['Metrics', /Requests|Prometheus/],
  ['Login', /Why can't I log in/],
];

const tab = (page: Page) =>
  page.getByRole('region', { name: 'MLflow', exact: true });

/** Changes an object of the API server, as somebody does by hand. */
async function change(method: string, path: string, content?: unknown) {
  const { status } = await kubeRequest(paths, method, path, content);
  expect([200, 201, 202]).toContain(status);
}

const setReplicas = ({ names }: TestInstance, replicas: number) =>
  change(
    'PUT',
    `/apis/apps/v1/namespaces/${names.namespace}/deployments/${names.release}/scale`,
    {
      apiVersion: 'autoscaling/v1',
      kind: 'Scale',
      metadata: { name: names.release, namespace: names.namespace },
      spec: { replicas },
    },
  );

/** A Job of the instance that ends with an error at once. @returns its address */
async function failingJob({ name, names }: TestInstance, image: string) {
  const labels = {
    'app.kubernetes.io/managed-by': 'backstage-mlflow',
    'mlflow.org/instance': name,
  };
  const jobs = `/apis/batch/v1/namespaces/${names.namespace}/jobs`;
  await change('POST', jobs, {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'fails', labels },
    spec: {
      backoffLimit: 0,
      template: {
        metadata: { labels },
        spec: {
          restartPolicy: 'Never',
          automountServiceAccountToken: false,
          securityContext: {
            runAsNonRoot: true,
            runAsUser: 1001,
            seccompProfile: { type: 'RuntimeDefault' },
          },
          containers: [
            {
              name: 'fails',
              image,
              command: ['false'],
              securityContext: {
                allowPrivilegeEscalation: false,
                capabilities: { drop: ['ALL'] },
              },
            },
          ],
        },
      },
    },
  });
  return `${jobs}/fails`;
}

/** Waits until the container of a Job has ended. */
const jobEnded = ({ names }: TestInstance, job: string) =>
  expect
    .poll(
      async () => {
        const pods = await kubeGet<{
          items: { status: { phase: string } }[];
        }>(
          paths,
          `/api/v1/namespaces/${names.namespace}/pods?labelSelector=job-name%3D${job}`,
        );
        return pods?.items.map(({ status }) => status.phase);
      },
      { intervals: [100], timeout: 60_000 },
    )
    .toEqual(['Failed']);

const ready = (page: Page, count: string) =>
  mlflowCard(page).getByText(count, { exact: true });

/** Seconds until the page shows something. */
async function secondsUntil(shown: Promise<unknown>): Promise<number> {
  const begin = Date.now();
  await shown;
  return (Date.now() - begin) / 1000;
}

test('the tab shows an instance that is well, in each of its sections', async ({
  page,
}) => {
  const instance = await sharedInstance('3.17');
  await signIn(page, 'owner');
  await page.goto(`${instance.page}/mlflow`);
  for (const [name, shown] of SECTIONS) {
    await page.getByRole('tab', { name, exact: true }).click();
    await expect(tab(page).getByText(shown).first()).toBeVisible();
    await look(page, `tab-${name.toLowerCase()}`, tab(page));
  }
});

test('somebody who may not log in is told why', async ({ page }) => {
  const instance = await sharedInstance('3.17');
  await signIn(page, 'owner');
  await page.goto(`${instance.page}/mlflow?section=login`);
  await page.getByLabel('User name or e-mail').fill('outsider@example.com');
  await page.getByRole('button', { name: 'Look it up' }).click();
  await expect(
    tab(page).getByText('outsider@example.com cannot log in'),
  ).toBeVisible();
  await expect(
    tab(page).getByRole('group', { name: /neither of the two groups/ }),
  ).toBeVisible();
  await look(page, 'tab-login-refused', tab(page));
});

test('the page of all instances leads to each', async ({ page }) => {
  const instance = await sharedInstance('3.17');
  await signIn(page, 'owner');
  await page.goto('/mlflow');
  const list = page.getByRole('region', { name: 'MLflow instances' });
  await page.getByRole('searchbox').fill(instance.name);
  await look(page, 'instances', list);
  await list.getByRole('link', { name: instance.name, exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`${instance.page}$`));
});

test('an open page shows within two seconds that a pod was killed', async ({
  page,
}) => {
  const instance = await sharedInstance('3.17');
  const { namespace } = instance.names;
  await signIn(page, 'owner');
  await page.goto(instance.page);
  await expect(ready(page, '1 of 1 ready')).toBeVisible({ timeout: 120_000 });
  const { metadata } = await runningPod(instance);
  await change(
    'DELETE',
    `/api/v1/namespaces/${namespace}/pods/${metadata.name}?gracePeriodSeconds=0`,
  );
  const seconds = await secondsUntil(
    expect(ready(page, '0 of 1 ready')).toBeVisible(),
  );
  test.info().annotations.push({ type: 'seconds', description: `${seconds}` });
  expect(seconds).toBeLessThan(2);
  await look(page, 'card-pod-killed', mlflowCard(page), ['light']);
  await expect(ready(page, '1 of 1 ready')).toBeVisible({ timeout: 120_000 });
});

test('an open page shows within five seconds that a Job failed', async ({
  page,
}) => {
  const instance = await sharedInstance('3.17');
  const { spec } = await runningPod(instance);
  await signIn(page, 'owner');
  await page.goto(`${instance.page}/mlflow?section=workload`);
  await expect(tab(page).getByText('Database migration')).toBeVisible();
  const job = await failingJob(instance, spec.containers[0].image);
  try {
    await jobEnded(instance, 'fails');
    const seconds = await secondsUntil(
      expect(
        tab(page)
          .getByRole('row', { name: /^fails/ })
          .getByText('Failed', { exact: true })
          .first(),
      ).toBeVisible(),
    );
    test
      .info()
      .annotations.push({ type: 'seconds', description: `${seconds}` });
    expect(seconds).toBeLessThan(5);
    await look(page, 'tab-job-failed', tab(page));
  } finally {
    await change('DELETE', `${job}?propagationPolicy=Background`);
  }
});

test('an open page shows within five seconds what was changed by hand', async ({
  page,
}) => {
  const instance = await sharedInstance('3.17');
  await signIn(page, 'owner');
  await page.goto(instance.page);
  await expect(ready(page, '1 of 1 ready')).toBeVisible({ timeout: 120_000 });
  await setReplicas(instance, 0);
  try {
    const seconds = await secondsUntil(
      expect(ready(page, '0 of 0 ready')).toBeVisible(),
    );
    test
      .info()
      .annotations.push({ type: 'seconds', description: `${seconds}` });
    expect(seconds).toBeLessThan(5);
    await page.goto(`${instance.page}/mlflow`);
    await page.getByRole('button', { name: 'Check now' }).click();
    await expect(
      tab(page).getByRole('group', { name: /switched off/ }),
    ).toBeVisible();
    await look(page, 'tab-switched-off', tab(page));
  } finally {
    await setReplicas(instance, 1);
  }
  await page.goto(instance.page);
  await expect(ready(page, '1 of 1 ready')).toBeVisible({ timeout: 120_000 });
});

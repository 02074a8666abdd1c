import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { run } from '@internal/mlflow-sandbox/src/exec.ts';
import { stopProcess } from '@internal/mlflow-sandbox/src/processes.ts';
import { sharedInstance } from './instances';
import { look, mlflowCard, signIn } from './portal';
import { paths } from './sandbox';

const OUTAGE_MS = 60_000;

test('the API server is gone for a minute: the page says of when it is, and recovers', async ({
  page,
}) => {
  test.setTimeout(6 * 60_000);
  const instance = await sharedInstance('3.17');
  const card = mlflowCard(page);
  const note = card.getByText(/The cluster was last heard of at/);
  await signIn(page, 'owner');
  await page.goto(instance.page);
  await expect(card.getByText('Ready', { exact: true })).toBeVisible();
  await expect(note).toBeHidden();

  const begin = Date.now();
  await stopProcess(paths, 'kube-apiserver');
  try {
    await expect(note).toBeVisible({ timeout: OUTAGE_MS });
    const seconds = (Date.now() - begin) / 1000;
    test
      .info()
      .annotations.push({ type: 'seconds', description: `${seconds}` });
    await expect(card.getByText('1 of 1 ready')).toBeVisible();
    await look(page, 'card-stale', card);
    await page.goto('/mlflow');
    const list = page.getByRole('region', { name: 'MLflow instances' });
    await expect(
      list.getByText(/The cluster was last heard of at/),
    ).toBeVisible();
    await look(page, 'instances-stale', list);
    await page.waitForTimeout(Math.max(0, OUTAGE_MS - (Date.now() - begin)));
  } finally {
    await run([join(paths.repo, 'yarnw'), 'sandbox', 'up'], {
      signal: AbortSignal.timeout(120_000),
      capture: true,
    });
  }
  await page.goto(instance.page);
  await expect(card.getByText('Ready', { exact: true })).toBeVisible({
    timeout: 60_000,
  });
  await expect(note).toBeHidden({ timeout: 60_000 });
});

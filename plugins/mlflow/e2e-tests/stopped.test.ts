import { expect, Page, test } from '@playwright/test';
import {
  callPortal,
  createTask,
  followTask,
  PortalUser,
} from '@internal/mlflow-sandbox/src/demo/scaffolder.ts';
import { CREATE_TEMPLATE } from '@internal/mlflow-sandbox/src/demo/ready.ts';
import { createInput, instanceOf, newName, portalOwner } from './instances';
import { look, mlflowCard, signIn } from './portal';

/** Starts the template and cancels it once a step is done. @returns seconds */
async function startAndCancel(owner: PortalUser, name: string, step: string) {
  const id = await createTask(
    owner,
    CREATE_TEMPLATE,
    createInput(name, '3.17'),
  );
  let cancelled: Promise<unknown> | undefined;
  let begin = 0;
  const { status } = await followTask(
    owner,
    id,
    AbortSignal.timeout(120_000),
    (at, line) => {
      if (!cancelled && at === step && line.startsWith('Finished')) {
        begin = Date.now();
        cancelled = callPortal(
          owner,
          'POST',
          `/api/scaffolder/v2/tasks/${id}/cancel`,
        );
      }
    },
  );
  await cancelled;
  // The scaffolder says one or the other, whichever it notes first.
  expect(['cancelled', 'failed']).toContain(status);
  return (Date.now() - begin) / 1000;
}

async function openStopped(
  page: Page,
  instance: ReturnType<typeof instanceOf>,
) {
  await signIn(page, 'owner');
  await page.goto(instance.page);
  await expect(
    mlflowCard(page)
      .getByText(/was cancelled during/)
      .first(),
  ).toBeVisible({ timeout: 30_000 });
}

async function sendForm(page: Page) {
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  await expect(page).toHaveURL(/\/create\/tasks\//);
}

test('a cancelled run ends soon and is undone from the page', async ({
  page,
}) => {
  const instance = instanceOf(newName(), '3.17');
  const owner = await portalOwner();
  expect(await startAndCancel(owner, instance.name, 'identity')).toBeLessThan(
    10,
  );

  await openStopped(page, instance);
  await look(page, 'stopped', mlflowCard(page));
  await mlflowCard(page).getByRole('link', { name: 'Undo' }).click();
  await expect(page.getByRole('textbox', { name: 'Instance' })).toHaveValue(
    `sandbox/${instance.name}`,
  );
  await look(page, 'undo', undefined, ['light']);
  await sendForm(page);
  await expect(
    page.getByText('Nothing of the unfinished runs is left.'),
  ).toBeVisible({ timeout: 90_000 });
  await look(page, 'undone', undefined, ['light']);
  await expect(async () => {
    const { status } = await callPortal(
      owner,
      'GET',
      `/api/catalog/entities/by-name/component/default/${instance.names.release}.sandbox`,
    );
    expect(status).toBe(404);
  }).toPass({ timeout: 30_000 });
});

test('a cancelled run is continued from the page', async ({ page }) => {
  const instance = instanceOf(newName(), '3.17');
  await startAndCancel(await portalOwner(), instance.name, 'bucket');

  await openStopped(page, instance);
  await mlflowCard(page).getByRole('link', { name: 'Continue' }).click();
  await sendForm(page);
  await page
    .getByRole('link', { name: 'Open in catalog' })
    .click({ timeout: 120_000 });
  await expect(
    mlflowCard(page).getByText('Ready', { exact: true }),
  ).toBeVisible();
});

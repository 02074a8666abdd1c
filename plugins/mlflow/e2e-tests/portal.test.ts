import { expect, Page, test } from '@playwright/test';
import { instanceOf, newName, remember, sharedInstance } from './instances';
import {
  expectPermissionsUi,
  expectRefused,
  openMlflowUi,
} from './mlflowBrowser';
import { MlflowForm } from './mlflowForm';
import { foreignClient } from './sandbox';
import { look, mlflowCard, signIn, Theme } from './portal';

/** Fills every field and goes on to the review. */
async function fillIn(page: Page, name: string, theme: Theme) {
  const form = await MlflowForm.open(page);
  await form.name.fill(name);
  await expect(page.getByText(/The name is free/)).toBeVisible();
  await form.chooseOwner('team-a');
  await form.description.fill('Made by the end-to-end tests');
  await form.host.fill(`mlflow-${name}.localhost`);
  await expect(page.getByText('The host is free.')).toBeVisible();
  await look(page, '2-instance', form.fields, [theme]);
  await form.next();
  await form.chooseVersion(/line 3\.17/);
  await form.chooseSize(/^S /);
  await form.replicas.fill('1');
  await form.chooseDefaultPermission(/^None/);
  await form.metrics.check();
  await look(page, '3-server', form.fields, [theme]);
  await form.toPlan();
  await expect(form.plan.getByText(/This is what will be made/)).toBeVisible();
  await look(page, '4-plan', form.fields, [theme]);
  await form.review();
  await look(page, '5-review', undefined, [theme]);
  return form;
}

/** The innermost one: the page around it is an article too. */
const result = (page: Page) =>
  page.getByRole('article').filter({ hasText: 'Your MLflow server' }).last();

test('a team makes an MLflow, finds it Ready and logs in', async ({
  page,
  context,
}) => {
  test.setTimeout(400_000);
  const instance = instanceOf(newName(), '3.17');
  await page.goto('/');
  await look(page, '1-sign-in');
  await signIn(page, 'owner');
  const form = await fillIn(page, instance.name, 'light');
  await form.create();
  await expect(page.getByText('Claim the name').first()).toBeVisible();
  await look(page, '6-running');
  await expect(result(page)).toBeVisible({ timeout: 300_000 });
  remember(instance);
  await look(page, '7-result', result(page));

  await page.getByRole('link', { name: 'Open in catalog' }).click();
  await expect(page).toHaveURL(new RegExp(`${instance.page}$`));
  await expect(
    mlflowCard(page).getByText('Ready', { exact: true }),
  ).toBeVisible();
  await look(page, '8-entity', mlflowCard(page));

  const opened = context.waitForEvent('page');
  await mlflowCard(page)
    .getByRole('link', { name: /^Open MLflow/ })
    .click();
  const mlflow = await opened;
  // Keycloak knows the browser from the portal: it asks for no password again.
  await mlflow.getByRole('link', { name: 'Keycloak' }).click();
  await expectPermissionsUi(mlflow, instance);
  await look(mlflow, '9-permissions');
  await openMlflowUi(mlflow, instance);
  await look(mlflow, '10-mlflow');
});

test('the form in the dark', async ({ browser }) => {
  const context = await browser.newContext({ colorScheme: 'dark' });
  const page = await context.newPage();
  await signIn(page, 'owner');
  await fillIn(page, newName(), 'dark');
  await context.close();
});

test('the form says in one sentence what is wrong', async ({ page }) => {
  const instance = await sharedInstance('3.17');
  await signIn(page, 'owner');
  const form = await MlflowForm.open(page);
  await form.chooseOwner('team-a');
  for (const [name, said] of [
    [instance.name, `The name "${instance.name}" is taken;`],
    ['Churn', 'The name must begin with a lower-case letter'],
    ['churn-users', 'The name must not end with "users"'],
  ]) {
    await form.name.fill(name);
    await expect(page.getByText(said)).toHaveCount(1);
  }
  await form.host.fill('churn.example.com');
  const foreign = page.getByText('The host must lie below localhost.');
  await expect(foreign).toHaveCount(1);
  await look(page, 'wrong-typing', form.fields, ['light']);
  await form.next();
  await expect(form.name).toHaveAttribute('aria-invalid', 'true');
  await expect(form.host).toHaveAttribute('aria-invalid', 'true');
  await look(page, 'wrong-next', form.fields, ['light']);
  await form.name.fill(newName());
  await form.host.fill('');
  await expect(page.getByText(/The name is free/)).toBeVisible();
  await form.next();
  await expect(form.replicas).toBeVisible();
});

/** From the first page to the plan, with no more than must be said. */
async function planFor(page: Page, name: string): Promise<MlflowForm> {
  const form = await MlflowForm.open(page);
  await form.name.fill(name);
  await expect(page.getByText(/The name is free/)).toBeVisible();
  await form.chooseOwner('team-a');
  await form.next();
  await form.toPlan();
  return form;
}

test('the plan names what is in the way, and nobody goes on', async ({
  page,
}) => {
  const name = newName();
  const { names } = instanceOf(name, '3.17');
  const removeClient = await foreignClient(names.client);
  try {
    await signIn(page, 'owner');
    const form = await planFor(page, name);
    await expect(form.plan.getByRole('alert')).toContainText(
      `Keycloak: client ${names.client}`,
    );
    await look(page, 'plan-conflict', form.fields, ['light']);
    await form.tryReview();
    await expect(
      page.getByText(/It goes on with a plan in which nothing is in the way/),
    ).not.toHaveCount(0);
    await expect(form.plan).toBeVisible();
  } finally {
    await removeClient();
  }
});

test('a run that fails says which step, why, and what to do', async ({
  page,
}) => {
  test.setTimeout(300_000);
  const name = newName();
  const { names } = instanceOf(name, '3.17');
  await signIn(page, 'owner');
  const form = await planFor(page, name);
  await form.review();
  // After the plan was agreed to.
  const removeClient = await foreignClient(names.client);
  try {
    await form.create();
    const reason = page.getByText(
      new RegExp(`Keycloak: client ${names.client} .*Nothing was made`),
    );
    await expect(reason.first()).toBeVisible({ timeout: 200_000 });
    await expect(page.getByText('Claim the name').first()).toBeVisible();
    await look(page, 'failed', undefined, ['light']);
    await expect(page.getByRole('button', { name: /Retry/ })).toBeEnabled();
  } finally {
    await removeClient();
  }
});

test('an outsider sees its state and not its inside', async ({ page }) => {
  const instance = await sharedInstance('3.17');
  await signIn(page, 'outsider');
  await page.goto(instance.page);
  await expect(
    mlflowCard(page).getByText('Ready', { exact: true }),
  ).toBeVisible();
  await look(page, 'outsider', mlflowCard(page));
  await page.goto(`${instance.urls.mlflow}login`);
  await expectRefused(page);
  await page.goto(instance.urls.mlflow);
  await expect(page.getByText('Experiments')).toHaveCount(0);
});

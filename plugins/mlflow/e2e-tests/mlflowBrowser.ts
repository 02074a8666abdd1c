import { expect, Page } from '@playwright/test';
import { TestInstance } from './instances';
import { logIn } from './portal';

/** Logs in to MLflow in the browser and waits for where the login lands. */
export async function logInToMlflow(
  page: Page,
  instance: TestInstance,
  role: string,
): Promise<void> {
  await page.goto(`${instance.urls.mlflow}login`);
  await logIn(page, role);
  await expectPermissionsUi(page, instance);
}

/** The login lands on the permissions UI, which greets the user. */
export async function expectPermissionsUi(
  page: Page,
  { urls }: TestInstance,
): Promise<void> {
  await expect(page).toHaveURL(
    ({ href }) =>
      href.startsWith(urls.permissions) && !href.includes('/ui/auth'),
  );
  await expect(page.getByText(/Hello, /).first()).toBeVisible();
}

/** The button of the permissions UI that opens MLflow itself. */
export async function openMlflowUi(
  page: Page,
  { line, urls }: TestInstance,
): Promise<void> {
  await (line === '3.6'
    ? page.getByRole('button', { name: 'MLflow', exact: true })
    : page.getByRole('link', { name: 'MLFlow', exact: true })
  ).click();
  await expect(page).toHaveURL(
    ({ href }) => href.startsWith(urls.mlflow) && !href.includes('/oidc/'),
  );
  await expect(page.getByText('Experiments').first()).toBeVisible();
}

/** A user outside the groups learns that there is no way in. */
export async function expectRefused(page: Page): Promise<void> {
  await expect(page.getByText(/User is not allowed to login/)).toBeVisible();
}

/**
 * What the API says to the page's own session: a status, or where else the
 * request was led to.
 */
export function askInPage(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const answer = await fetch(
      '/ajax-api/2.0/mlflow/experiments/search?max_results=5',
      { redirect: 'manual' },
    );
    const type = answer.headers.get('content-type') ?? answer.type;
    return `${answer.status} ${type.split(';')[0]}`;
  });
}

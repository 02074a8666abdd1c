import AxeBuilder from '@axe-core/playwright';
import { expect, Page } from '@playwright/test';
import { demoUser } from '../../../sandbox/src/demo/users.ts';
import { findRepo, resolvePaths } from '../../../sandbox/src/paths.ts';

/** Paths of the sandbox that the tests run on. */
export const paths = resolvePaths(
  process.env,
  findRepo(process.env, process.cwd()),
);

const SHOTS = process.env.SHOTS ?? 'node_modules/.cache/shots';

/** Takes a picture, and asks axe about the page. */
export async function look(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `${SHOTS}/${name}.png`, fullPage: true });
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(node => node.target).join(' ')}`);
  expect.soft(serious, `axe on ${name}`).toEqual([]);
}

/** Fills in Keycloak's login form. */
export async function logIn(page: Page, role: string): Promise<void> {
  const { username, password } = demoUser(paths, role);
  await page.getByLabel('Username or email').fill(username);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign In' }).click();
}

/** Signs in to the portal through Keycloak, whose page opens in a window. */
export async function signIn(page: Page, role: string): Promise<void> {
  await page.goto('/');
  const popup = page.waitForEvent('popup');
  await page
    .getByRole('listitem')
    .filter({ hasText: 'Keycloak' })
    .getByRole('button')
    .click();
  await logIn(await popup, role);
  await expect(
    page.getByRole('link', { name: 'Create', exact: true }),
  ).toBeVisible();
}

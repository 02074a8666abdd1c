import AxeBuilder from '@axe-core/playwright';
import { expect, Locator, Page } from '@playwright/test';
import { demoUser } from '@internal/mlflow-sandbox/src/demo/users.ts';
import { paths } from './sandbox';

const SHOTS = process.env.SHOTS ?? 'node_modules/.cache/shots';

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

/** Our card on the page of an entity. */
export const mlflowCard = (page: Page): Locator =>
  page.getByRole('article').filter({
    has: page.getByRole('heading', { name: 'MLflow', exact: true }),
  });

/** Mark that tells axe where to look. */
const OURS = 'data-ours';

/**
 * Parts of Backstage UI within our fields: in the dark theme their secondary
 * colour is too pale on the scaffolder's own cards.
 */
const THEIRS = [
  '.bui-FieldSecondaryLabel',
  '.bui-FieldDescription',
  // The form's own words below a field that was refused.
  '[id$="__error"]',
];

/** Serious findings of axe in a part of the page. */
async function seriousFindings(page: Page, ours: Locator): Promise<string[]> {
  await ours.evaluate((element, mark) => element.setAttribute(mark, ''), OURS);
  const axe = new AxeBuilder({ page }).include(`[${OURS}]`);
  const { violations } = await THEIRS.reduce(
    (builder, selector) => builder.exclude(selector),
    axe,
  ).analyze();
  await ours.evaluate((element, mark) => element.removeAttribute(mark), OURS);
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) => `${id}: ${nodes.map(node => node.target).join(' ')}`,
    );
}

/** The two themes of the portal, which follow the browser's. */
export type Theme = 'light' | 'dark';

/**
 * Takes a picture of the page in the light and in the dark, and asks axe each
 * time about the part of it that is ours. Without a part there are pictures
 * only: the page is of Backstage, Keycloak or MLflow, whose findings are not
 * ours to mend.
 *
 * @param themes - only the one that the page has, where somebody typed into it:
 * Backstage forgets what a form holds when the theme changes
 */
export async function look(
  page: Page,
  name: string,
  ours?: Locator,
  themes: readonly Theme[] = ['dark', 'light'],
): Promise<void> {
  // Backstage's pages scroll inside: the card would be cut off.
  await page.setViewportSize({ width: 1280, height: 1600 });
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme });
    // Colours fade over, and the card may ask again.
    await page.waitForTimeout(500);
    await expect(page.getByText('Loading the status of MLflow')).toHaveCount(0);
    await page.screenshot({ path: `${SHOTS}/${name}-${colorScheme}.png` });
    if (ours) {
      expect
        .soft(await seriousFindings(page, ours), `axe on ${name}`)
        .toEqual([]);
    }
  }
}

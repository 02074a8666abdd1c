// What a user of the stock app sees of the plugin.
import { chromium, expect } from '@playwright/test';

const APP = 'http://localhost:3100';

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run'],
});
const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
page.setDefaultTimeout(60_000);
const slow = { timeout: 60_000 };
const seen = what => process.stdout.write(`seen: ${what}\n`);

try {
  await page.goto(APP);
  await page.getByRole('button', { name: 'Enter' }).click(slow);
  await expect(page.getByRole('button', { name: 'Enter' })).toBeHidden(slow);

  // By the page's own links: a new page load right after Enter loses the sign-in.
  await page.locator('a[href="/create"]').first().click();
  const template = page
    .locator('.MuiCard-root')
    .filter({ hasText: 'MLflow tracking server' });
  await expect(template).toBeVisible(slow);
  seen('template on the page Create');
  await template.getByRole('button', { name: 'Choose' }).click();
  await expect(
    page.getByText('This portal has no platform for MLflow'),
  ).toBeVisible(slow);
  await page.getByRole('textbox', { name: /^Name/ }).fill('Upper');
  await expect(
    page.getByText(/must begin with a lower-case letter/).first(),
  ).toBeVisible(slow);
  seen('fields of the plugin in the form, which check what is typed');

  await page.goto(`${APP}/catalog/default/component/stock-mlflow`);
  await expect(page.getByText('No such instance')).toBeVisible(slow);
  seen('card on an entity with the annotation');

  await page.goto(`${APP}/catalog/default/component/stock-other`);
  await expect(page.getByText('stock-other').first()).toBeVisible(slow);
  await expect(page.getByText('About').first()).toBeVisible(slow);
  await expect(page.getByText('No such instance')).toBeHidden();
  seen('no card on another entity');
} catch (error) {
  if (process.env.STOCK_APP_SHOT) {
    await page.screenshot({ path: process.env.STOCK_APP_SHOT, fullPage: true });
  }
  throw error;
} finally {
  await browser.close();
}

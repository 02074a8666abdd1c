import { Browser, expect, test } from '@playwright/test';
import { LINES } from 'backstage-plugin-mlflow-common';
import { sharedInstance } from './instances';
import { askInPage, logInToMlflow } from './mlflowBrowser';

/** Longer than two access tokens of Keycloak, which live for 300 s. */
const MINUTES = 12;
const LOGGED_IN = '200 application/json';

/** A logged-in page, apart from all others. */
async function openPage(browser: Browser, line: (typeof LINES)[number]) {
  const instance = await sharedInstance(line);
  const page = await (await browser.newContext()).newPage();
  await logInToMlflow(page, instance, 'owner');
  expect(await askInPage(page)).toBe(LOGGED_IN);
  return { line, page };
}

test(`a browser stays logged in for ${MINUTES} minutes, busy or idle`, async ({
  browser,
}) => {
  test.setTimeout((MINUTES + 8) * 60_000);
  const busy = [];
  const idle = [];
  for (const line of LINES) {
    busy.push(await openPage(browser, line));
    idle.push(await openPage(browser, line));
  }
  for (let minute = 1; minute <= MINUTES; minute++) {
    await busy[0].page.waitForTimeout(60_000);
    for (const { line, page } of busy) {
      expect
        .soft(await askInPage(page), `line ${line}, busy, minute ${minute}`)
        .toBe(LOGGED_IN);
    }
  }
  for (const { line, page } of idle) {
    expect
      .soft(await askInPage(page), `line ${line}, idle, minute ${MINUTES}`)
      .toBe(LOGGED_IN);
  }
});

import { defineConfig } from '@playwright/test';
import { browserHome } from './sandbox/src/parts/browser.ts';
import { findRepo, resolvePaths } from './sandbox/src/paths.ts';

const paths = resolvePaths(process.env, findRepo(process.env, process.cwd()));

const PORTAL = '**/portal.test.ts';
const LONG = '**/*.long.test.ts';

/**
 * Against the portal and the sandbox that `./yarnw demo` left running. With
 * `E2E_FULL=1` also what takes half an hour.
 */
export default defineConfig({
  testDir: 'plugins/mlflow/e2e-tests',
  globalSetup: [
    './plugins/mlflow/e2e-tests/requireBrowser.ts',
    './plugins/mlflow/e2e-tests/quietNetwork.ts',
    './plugins/mlflow/e2e-tests/tidy.ts',
  ],
  globalTeardown: './plugins/mlflow/e2e-tests/tidy.ts',
  // First the one whose instance the others go on with.
  projects: [
    { name: 'portal', testMatch: PORTAL },
    {
      name: 'instance',
      testIgnore: process.env.E2E_FULL ? [PORTAL] : [PORTAL, LONG],
    },
  ],
  timeout: 180_000,
  expect: { timeout: 30_000 },
  forbidOnly: Boolean(process.env.CI),
  workers: 1,
  retries: 0,
  reporter: [['list']],
  outputDir: 'node_modules/.cache/e2e-test-results',
  use: {
    actionTimeout: 20_000,
    baseURL: 'http://localhost:3000',
    screenshot: 'only-on-failure',
    trace: 'off',
    viewport: { width: 1280, height: 900 },
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      // There it trusts the sandbox's CA, and nowhere else.
      env: { ...process.env, HOME: browserHome(paths) },
      args: [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});

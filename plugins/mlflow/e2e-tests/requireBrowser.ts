import { existsSync } from 'node:fs';
import { browserHome } from '@internal/mlflow-sandbox/src/parts/browser.ts';
import { paths } from './sandbox';

/** @throws Error when no browser trusts the sandbox's CA yet */
export default function requireBrowser(): void {
  if (!existsSync(browserHome(paths))) {
    throw new Error(
      'The browser of the tests is not made yet: run ./yarnw sandbox up --with browser',
    );
  }
}

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Part } from '../part.ts';
import type { Paths } from '../paths.ts';
import { file, program } from '../requirements.ts';
import { trustIn, trusts } from '../trust.ts';

/** A home folder for Chromium: run it with `HOME` set to this and it trusts the sandbox's CA. */
export const browserHome = (paths: Paths) => join(paths.state, 'browser');

/** Chromium for tests, with the sandbox's CA in an NSS database of its own. */
export const browser: Part = {
  name: 'browser',
  needs: ['pki'],
  processes: [],
  requirements: () => [
    program('chromium', ['chromium']),
    program('certutil', ['libnss3-tools']),
    file('/usr/share/fonts/truetype/liberation', ['fonts-liberation']),
  ],
  start: context => trustIn(context, browserHome(context.paths)),
  isUp: async context =>
    existsSync(browserHome(context.paths)) &&
    trusts(context, browserHome(context.paths)),
  stop: async () => {},
};

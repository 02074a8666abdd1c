import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, succeeds } from './exec.ts';
import type { Context } from './part.ts';

const NICKNAME = 'MLflow sandbox CA';
const database = (home: string) => join(home, '.pki', 'nssdb');
const option = (home: string) => ['-d', `sql:${database(home)}`];

/** Makes Chromium with this home folder trust the sandbox's CA (certutil of libnss3-tools). */
export async function trustIn(
  context: Pick<Context, 'paths' | 'signal'>,
  home: string,
) {
  const { signal, paths } = context;
  const folder = database(home);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (!existsSync(join(folder, 'cert9.db'))) {
    await run(['certutil', ...option(home), '-N', '--empty-password'], {
      signal,
    });
  }
  await succeeds(['certutil', ...option(home), '-D', '-n', NICKNAME], signal); // one of an earlier sandbox
  await run(
    [
      'certutil',
      ...option(home),
      '-A',
      '-t',
      'C,,',
      '-n',
      NICKNAME,
      '-i',
      paths.caCert,
    ],
    { signal },
  );
}

/** Whether that home folder trusts exactly this CA. */
export async function trusts(
  context: Pick<Context, 'paths' | 'signal'>,
  home: string,
): Promise<boolean> {
  const { signal, paths } = context;
  try {
    const pem = await run(
      ['certutil', ...option(home), '-L', '-n', NICKNAME, '-a'],
      { signal, capture: true },
    );
    const body = (text: string) => text.replace(/-----[^-]+-----|\s/g, '');
    return body(pem) === body(readFileSync(paths.caCert, 'utf8'));
  } catch {
    return false;
  }
}

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Version that the image of the fixture says it has. */
export const FIXTURE_VERSION = '9.9.9';

/** Sources of an image that is built in seconds and passes the checks. */
export interface ImageFixture {
  folder: string;
  /** Line with requirements of its own, which make its tag unlike any other. */
  line: string;
  /** Writes a file of the sources anew. */
  write(name: string, text: string): Promise<void>;
  remove(): Promise<void>;
}

const MLFLOW = `#!/bin/sh
echo 'mlflow, version ${FIXTURE_VERSION}'
`;

const CHECK = `#!/bin/sh
test "$(id -u)" = 1001 && ! touch /x 2>/dev/null && echo 'fixture: checked'
`;

/** The Dockerfile of the fixture; `extra` is run as root while it is built. */
export function fixtureDockerfile(extra = 'echo built'): string {
  return `ARG BASE_IMAGE
FROM \${BASE_IMAGE}
ARG LINE
COPY requirements-\${LINE}.txt /requirements.txt
RUN ${extra}
COPY launcher/bin /usr/local/bin
USER 1001:1001
`;
}

/** Writes the sources of such an image to a folder of their own. */
export async function createImageFixture(): Promise<ImageFixture> {
  const folder = await mkdtemp(path.join(tmpdir(), 'image-fixture-'));
  const line = '9.9';
  const write = async (name: string, text: string) => {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  };
  await write('Dockerfile', fixtureDockerfile());
  await write('requirements-build.txt', '');
  await write(`requirements-${line}.txt`, `# ${path.basename(folder)}\n`);
  await write('build/omitted.txt', '');
  await write('launcher/bin/mlflow', MLFLOW);
  await write('launcher/bin/mlflow-image-check', CHECK);
  return {
    folder,
    line,
    write,
    remove: () => rm(folder, { recursive: true }),
  };
}

import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';

/** One file of the build context. */
export interface SourceFile {
  /** Path in the context, with `/`. */
  name: string;
  content: Buffer;
  executable: boolean;
}

/**
 * The folder with the Dockerfile: in the package as it is published, or at the
 * root of the repository.
 */
export function imageFolder(): string {
  const packaged = resolvePackagePath(
    'backstage-plugin-mlflow-backend',
    'image',
  );
  return existsSync(packaged)
    ? packaged
    : path.resolve(path.dirname(packaged), '../../image');
}

/**
 * The files that make the image of one version line, in a fixed order.
 *
 * @throws NotFoundError when the folder has no requirements for the line
 */
export async function readImageSource(
  folder: string,
  line: string,
): Promise<SourceFile[]> {
  const wanted = [
    'Dockerfile',
    'requirements-build.txt',
    `requirements-${line}.txt`,
  ];
  const missing = wanted.find(name => !existsSync(path.join(folder, name)));
  if (missing) {
    throw new NotFoundError(
      `The image sources of line ${line} lack ${missing}; install the plugin again.`,
    );
  }
  const names = [
    ...wanted,
    ...(await filesBelow(folder, 'build')),
    ...(await filesBelow(folder, 'launcher')),
  ].sort();
  return Promise.all(
    names.map(async name => ({
      name,
      content: await readFile(path.join(folder, name)),
      // By place, since a package may have lost the modes of its files.
      executable: name.includes('/bin/'),
    })),
  );
}

async function filesBelow(folder: string, sub: string): Promise<string[]> {
  const entries = await readdir(path.join(folder, sub), {
    recursive: true,
    withFileTypes: true,
  });
  return entries
    .filter(entry => entry.isFile() && !entry.name.endsWith('.pyc'))
    .map(entry =>
      path
        .relative(folder, path.join(entry.parentPath, entry.name))
        .split(path.sep)
        .join('/'),
    );
}

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  Entity,
} from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { parse } from 'yaml';
import { z } from 'zod';

const template = z
  .object({
    apiVersion: z.string(),
    kind: z.literal('Template'),
    metadata: z
      .object({
        name: z.string(),
        annotations: z.record(z.string()).default({}),
      })
      .passthrough(),
    spec: z.object({}).passthrough(),
  })
  .passthrough();

/**
 * Reads `<folder>/<name>/template.yaml`, all of them.
 *
 * @param owner - entity reference that becomes the owner of each
 * @throws InputError when one of them is no template; its path is named
 */
export async function readTemplates(
  folder: string,
  owner: string,
): Promise<Entity[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries
    .filter(entry => entry.isDirectory())
    .map(entry => entry.name)
    .sort();
  return Promise.all(
    names.map(name => readTemplate(join(folder, name, 'template.yaml'), owner)),
  );
}

async function readTemplate(path: string, owner: string): Promise<Entity> {
  const parsed = template.safeParse(parse(await readFile(path, 'utf8')));
  if (!parsed.success) {
    throw new InputError(
      `${path} is not a software template (${parsed.error.issues
        .map(issue => issue.path.join('.') || 'no mapping')
        .join(', ')}).`,
    );
  }
  const { metadata, spec, ...rest } = parsed.data;
  // The scaffolder resolves relative `fetch:` URLs against this location.
  const location = `file:${path}`;
  return {
    ...rest,
    metadata: {
      ...metadata,
      annotations: {
        ...metadata.annotations,
        [ANNOTATION_LOCATION]: location,
        [ANNOTATION_ORIGIN_LOCATION]: location,
      },
    },
    // Through JSON, since YAML may hold dates and the like and the catalog not.
    spec: { ...JSON.parse(JSON.stringify(spec)), owner },
  };
}

import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PAUSE_IMAGE } from '../addresses.ts';
import { run } from '../exec.ts';
import type { Build } from './cache.ts';

const sha256 = (data: Buffer) =>
  createHash('sha256').update(data).digest('hex');

/** The two documents of a one-layer image archive, as `docker save` writes them. */
export function imageDocuments(
  name: string,
  layer: Buffer,
  entrypoint: string[],
) {
  const diffId = sha256(layer);
  const config = Buffer.from(
    JSON.stringify({
      architecture: 'amd64',
      os: 'linux',
      created: '1970-01-01T00:00:00Z',
      config: { Entrypoint: entrypoint },
      rootfs: { type: 'layers', diff_ids: [`sha256:${diffId}`] },
    }),
  );
  const configName = `${sha256(config)}.json`;
  const layerName = `${diffId}.tar`;
  const manifest = Buffer.from(
    JSON.stringify([
      { Config: configName, RepoTags: [name], Layers: [layerName] },
    ]),
  );
  return { config, configName, layerName, manifest };
}

/** The image of the process that holds a pod's namespaces, as `pause.tar`. */
export const pauseBuild: Build = {
  name: 'pause',
  inputs: paths => [
    readFileSync(join(paths.source, 'files', 'pause.c'), 'utf8'),
  ],
  async make({ signal, paths }, folder, log) {
    const binary = join(folder, 'pause');
    await run(
      [
        'gcc',
        '-static',
        '-Os',
        '-s',
        '-o',
        binary,
        join(paths.source, 'files', 'pause.c'),
      ],
      { signal, log },
    );
    const layerFile = join(folder, 'layer.tar');
    await run(
      [
        'tar',
        '-C',
        folder,
        '--owner=0',
        '--group=0',
        '--mtime=@0',
        '-cf',
        layerFile,
        'pause',
      ],
      { signal, log },
    );
    const layer = readFileSync(layerFile);
    const { config, configName, layerName, manifest } = imageDocuments(
      PAUSE_IMAGE,
      layer,
      ['/pause'],
    );
    writeFileSync(join(folder, configName), config);
    writeFileSync(join(folder, layerName), layer);
    writeFileSync(join(folder, 'manifest.json'), manifest);
    await run(
      [
        'tar',
        '-C',
        folder,
        '-cf',
        join(folder, 'pause.tar'),
        configName,
        layerName,
        'manifest.json',
      ],
      { signal, log },
    );
  },
};

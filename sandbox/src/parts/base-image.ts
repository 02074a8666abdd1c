import { join } from 'node:path';
import { BASE_IMAGE } from '../addresses.ts';
import { baseImageBuild } from '../builds/base-image.ts';
import { built, isBuilt } from '../builds/cache.ts';
import { succeeds } from '../exec.ts';
import type { Context, Part } from '../part.ts';
import { program } from '../requirements.ts';
import { dockerClient, dockerHost } from './docker.ts';

const isUp = ({ paths, signal }: Context) =>
  succeeds(
    ['docker', '-H', dockerHost(paths), 'image', 'inspect', BASE_IMAGE],
    signal,
  );

/** The image that MLflow's images are built from, known to the Docker engine. */
export const baseImage: Part = {
  name: 'base-image',
  needs: ['docker'],
  processes: [],
  requirements: paths =>
    isBuilt(paths, baseImageBuild)
      ? []
      : [program('debootstrap', ['debootstrap']), program('apt-get', [])],
  prepare: async context => {
    await built(context, baseImageBuild);
  },
  async start(context) {
    if (await isUp(context)) return;
    const folder = await built(context, baseImageBuild);
    context.say('importing');
    await dockerClient(context, [
      'import',
      '--change',
      'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      '--change',
      'CMD ["bash"]',
      join(folder, 'root.tar'),
      BASE_IMAGE,
    ]);
  },
  isUp,
  stop: async () => {},
};

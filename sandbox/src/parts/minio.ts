import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { NODE_IP, PORTS } from '../addresses.ts';
import { built } from '../builds/cache.ts';
import { goRequirement, minioBuild } from '../builds/go.ts';
import { answers } from '../http.ts';
import { MinioAdmin } from '../minio-admin.ts';
import type { Context, Part } from '../part.ts';
import { minioPolicy } from '../portal-setup.ts';
import {
  allRunning,
  keepRunning,
  stopProcess,
  waitUntil,
} from '../processes.ts';

const ENDPOINT = `http://${NODE_IP}:${PORTS.minio}`;
const ROOT_USER = 'sandbox-root';
/** Access key of the portal's user: not root, but it may write policies, which comes to the same. */
export const PROVISIONER = 'mlflow-provisioner';

const ready = () => answers({ url: `${ENDPOINT}/minio/health/ready` });

async function start(context: Context) {
  const { paths, secrets } = context;
  const folder = await built(context, minioBuild);
  const data = join(paths.data, 'minio');
  mkdirSync(data, { recursive: true, mode: 0o700 });
  await keepRunning(context, {
    name: 'minio',
    argv: [
      join(folder, 'minio'),
      'server',
      '--quiet',
      '--address',
      `${NODE_IP}:${PORTS.minio}`,
      data,
    ],
    env: {
      MINIO_ROOT_USER: ROOT_USER,
      MINIO_ROOT_PASSWORD: secrets.minioRoot,
      MINIO_BROWSER: 'off',
      MINIO_UPDATE: 'off',
      MINIO_CONFIG_DIR: join(paths.run, 'minio'),
    },
  });
  await waitUntil(context, 'MinIO', ['minio'], ready);
  const admin = new MinioAdmin(ENDPOINT, ROOT_USER, secrets.minioRoot);
  await waitUntil(context, 'MinIO users', ['minio'], () =>
    admin.isInitialised(),
  );
  await admin.putPolicy(PROVISIONER, minioPolicy(paths));
  await admin.putUser(PROVISIONER, secrets.minioProvisioner);
  await admin.attachPolicy(PROVISIONER, PROVISIONER);
}

/** MinIO, plain http on the bridge, with the portal's user. */
export const minio: Part = {
  name: 'minio',
  needs: ['network'],
  processes: ['minio'],
  listens: [`${NODE_IP}:${PORTS.minio}`],
  requirements: paths => goRequirement(paths, minioBuild),
  prepare: async context => {
    await built(context, minioBuild);
  },
  start,
  isUp: async ({ paths }) => allRunning(paths, ['minio']) && (await ready()),
  stop: ({ paths }) => stopProcess(paths, 'minio'),
};

import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../exec.ts';
import type { Context, Requirement } from '../part.ts';
import type { Paths } from '../paths.ts';
import { findProgram } from '../requirements.ts';
import { isBuilt, sources } from './cache.ts';
import type { Build } from './cache.ts';

const kubernetesSource = (paths: Paths) =>
  join(paths.source, 'go', 'kubernetes');
const minioSource = (paths: Paths) => join(paths.source, 'go', 'minio');

/** Version of a module in a go.mod, such as `v1.34.4`. */
export function moduleVersion(goMod: string, module: string): string {
  const line = goMod.split('\n').find(l =>
    l
      .trim()
      .replace(/^require /, '')
      .startsWith(`${module} v`),
  );
  if (!line) throw new Error(`${module} is not in go.mod`);
  return line
    .trim()
    .replace(/^require /, '')
    .split(' ')[1];
}

/** Version stamps: kubectl, charts (`kubeVersion`) and helm read them. */
export function kubernetesLdflags(goMod: string): string {
  const version = moduleVersion(goMod, 'k8s.io/kubernetes');
  const minor = version.split('.')[1];
  const base = 'k8s.io/component-base/version';
  const helm = 'helm.sh/helm/v3';
  return [
    '-s -w',
    ` -X ${base}.gitVersion=${version} -X ${base}.gitMajor=1 -X ${base}.gitMinor=${minor}`,
    `-X ${base}.gitTreeState=clean -X ${base}.gitCommit=${version} -X ${base}.buildDate=1970-01-01T00:00:00Z`,
    ` -X ${helm}/internal/version.version=${moduleVersion(goMod, helm)}`,
    `-X ${helm}/pkg/lint/rules.k8sVersionMajor=1 -X ${helm}/pkg/chartutil.k8sVersionMajor=1`,
    `-X ${helm}/pkg/chartutil.k8sVersionMinor=${minor}`,
    ` -X github.com/coredns/coredns/coremain.GitCommit=${moduleVersion(
      goMod,
      'github.com/coredns/coredns',
    )}`,
  ].join(' ');
}

/** Environment of the go command. */
export const GO_ENVIRONMENT = {
  GOTOOLCHAIN: 'local',
  CGO_ENABLED: '0',
  // a larger heap: half the time of a cold build
  GOGC: '400',
  GOFLAGS: '-buildvcs=false',
};

/** Builds packages of a module; `prepare` gets the copy of it that is built. */
export async function goBuild(
  context: Context,
  source: string,
  folder: string,
  log: string,
  ldflags: string,
  packages: string[],
  prepare?: (work: string) => Promise<void>,
) {
  const work = join(folder, 'source');
  cpSync(source, work, { recursive: true }); // the build may write go.sum
  await prepare?.(work);
  await run(
    [
      findProgram('go') ?? 'go',
      'build',
      '-mod=mod',
      '-trimpath',
      '-ldflags',
      ldflags,
      '-o',
      `${folder}/`,
      ...packages,
    ],
    {
      cwd: work,
      env: GO_ENVIRONMENT,
      signal: context.signal,
      log,
    },
  );
  rmSync(work, { recursive: true });
}

/** `hyperkube` (every Kubernetes program, etcd, CoreDNS and the certificate signer) and `helm`. */
export const kubernetesBuild: Build = {
  name: 'kubernetes',
  inputs: paths => sources(kubernetesSource(paths)),
  make: (context, folder, log) => {
    context.say(
      'building Kubernetes and Helm (5 to 15 minutes the first time)',
    );
    const source = kubernetesSource(context.paths);
    const ldflags = kubernetesLdflags(
      readFileSync(join(source, 'go.mod'), 'utf8'),
    );
    return goBuild(context, source, folder, log, ldflags, [
      '.',
      'helm.sh/helm/v3/cmd/helm',
    ]);
  },
};

/** `minio`. */
export const minioBuild: Build = {
  name: 'minio',
  inputs: paths => sources(minioSource(paths)),
  make: (context, folder, log) => {
    context.say('building MinIO (2 to 15 minutes the first time)');
    return goBuild(context, minioSource(context.paths), folder, log, '-s -w', [
      'github.com/minio/minio',
    ]);
  },
};

/** Go, unless what it would build is in the cache. */
export function goRequirement(paths: Paths, build: Build): Requirement[] {
  if (isBuilt(paths, build)) return [];
  return [
    {
      what: 'go (1.24 or newer)',
      advice:
        'Go 1.24 or newer is not in Debian 12 itself: install it from go.dev/dl or bookworm-backports.',
      present: () => findProgram('go') !== undefined,
    },
  ];
}

import type { Part } from '../part.ts';
import { baseImage } from './base-image.ts';
import { browser } from './browser.ts';
import { certificates } from './certificates.ts';
import { chart } from './chart.ts';
import { containerd } from './containerd.ts';
import { dns } from './dns.ts';
import { docker } from './docker.ts';
import { externalSecrets } from './external-secrets.ts';
import { issuer } from './issuer.ts';
import { keycloak } from './keycloak.ts';
import { kubernetesApi } from './kubernetes-api.ts';
import { kubernetes } from './kubernetes.ts';
import { minio } from './minio.ts';
import { monitoring } from './monitoring.ts';
import { names } from './names.ts';
import { network } from './network.ts';
import { openbao } from './openbao.ts';
import { pki } from './pki.ts';
import { postgres } from './postgres.ts';
import { registry } from './registry.ts';
import { traefik } from './traefik.ts';
import { vault } from './vault.ts';

/** What `up` starts, in the order in which lists show it. */
export const STANDARD: readonly Part[] = [
  names,
  network,
  pki,
  postgres,
  keycloak,
  minio,
  registry,
  docker,
  baseImage,
  kubernetesApi,
  containerd,
  kubernetes,
  dns,
  certificates,
  traefik,
  issuer,
  chart,
];

/** What `up --with <name>` adds. */
export const OPTIONAL: readonly Part[] = [
  browser,
  openbao,
  externalSecrets,
  vault,
  monitoring,
];

export const ALL: readonly Part[] = [...STANDARD, ...OPTIONAL];

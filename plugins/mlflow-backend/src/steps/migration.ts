import { V1Job } from '@kubernetes/client-node';
import { InstanceSpec, SIZES } from 'backstage-plugin-mlflow-common';
import { removeJob, rerunJob } from '../systems/kubernetes/job';
import { foreignOwner, markOf } from '../systems/kubernetes/marks';
import { findImage, resolveImage } from './image';
import { foundMark } from './marks';
import { requireNamespace } from './namespace';
import { IMAGE_ANNOTATION, serverJob } from './serverJob';
import { isWanted, KNOWN_AFTER_APPLY, Step, StepContext } from './Step';

/** Name of the Job that migrates the databases. */
export const MIGRATION_JOB = 'mlflow-db-migration';

/**
 * Both chains of migrations in one process. The tracking database is found by
 * libpq's environment.
 */
const SCRIPT = `
import os
import sqlalchemy
from mlflow.store.db import utils as tracking
from mlflow_oidc_auth.db import utils as auth

tracking._initialize_tables(
    tracking.create_sqlalchemy_engine_with_retry("postgresql+psycopg2://")
)
auth.migrate_if_needed(
    sqlalchemy.create_engine(os.environ["OIDC_USERS_DB_URI"]), "head"
)
print("both databases are migrated", flush=True)
`;
import { settled } from '../systems/settled';

/** The Job of an earlier migration, and the image that it ought to have run. */
export interface MigrationObserved {
  job?: V1Job;
  /** Absent while the registry does not have it. */
  image?: { repository: string; tag: string };
}

/**
 * One process migrates both databases before several would race to do so. A
 * single server with a single worker does it itself while it starts.
 */
export const migrationStep: Step<MigrationObserved> = {
  name: 'migration',

  async observe(ctx) {
    const [job, image] = await settled([readJob(ctx), findImage(ctx)]);
    return { job, image };
  },

  plan(instance, { job, image }) {
    const change = {
      system: 'Kubernetes',
      object: `Job ${MIGRATION_JOB}`,
    } as const;
    if (!isMigratedByJob(instance.spec)) {
      const detail = 'not needed: one server migrates while it starts';
      return [{ ...change, action: 'keep', detail }];
    }
    if (!job) {
      return [{ ...change, action: 'create' }];
    }
    if (markOf(job) !== instance.mark) {
      return [
        {
          ...change,
          action: 'conflict',
          detail: foreignOwner(job),
          found: foundMark(markOf(job)),
        },
      ];
    }
    const current = job.metadata?.annotations?.[IMAGE_ANNOTATION];
    if (!image) {
      const detail = `runs again; image ${KNOWN_AFTER_APPLY}`;
      return [{ ...change, action: 'update', detail }];
    }
    return current === `${image.repository}:${image.tag}` &&
      job.status?.succeeded
      ? [{ ...change, action: 'keep' }]
      : [{ ...change, action: 'update', detail: 'runs again' }];
  },

  async apply(ctx, { observed, changes }) {
    const { instance, platform, signal, log } = ctx;
    if (changes.every(change => change.action === 'keep')) {
      return;
    }
    await requireNamespace(ctx);
    await rerunJob(
      platform.kubernetes,
      serverJob({
        instance,
        platform: platform.config,
        image: observed.image ?? (await resolveImage(ctx)),
        name: MIGRATION_JOB,
        script: SCRIPT,
      }),
      signal,
    );
    log('PostgreSQL: both databases are migrated');
  },

  async remove(ctx, options) {
    const { instance, platform, signal } = ctx;
    if (!isWanted(options, `Job ${MIGRATION_JOB}`)) {
      return [];
    }
    const job = await readJob(ctx);
    const removal = {
      system: 'Kubernetes',
      object: `Job ${MIGRATION_JOB}`,
    } as const;
    if (!job) {
      return [{ ...removal, result: 'absent' }];
    }
    if (markOf(job) !== instance.mark) {
      return [{ ...removal, result: 'kept', detail: foreignOwner(job) }];
    }
    const result = await removeJob(platform.kubernetes, job, signal);
    return [{ ...removal, result }];
  },
};

/** Whether several processes would migrate at once without the Job. */
export function isMigratedByJob({
  replicas,
  size,
}: Pick<InstanceSpec, 'replicas' | 'size'>): boolean {
  return replicas > 1 || SIZES[size].workers > 1;
}

function readJob({ instance, platform, signal }: StepContext) {
  return platform.kubernetes.get<V1Job>(
    {
      apiVersion: 'batch/v1',
      kind: 'Job',
      name: MIGRATION_JOB,
      namespace: instance.names.namespace,
    },
    signal,
  );
}

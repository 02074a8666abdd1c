import { LoggerService } from '@backstage/backend-plugin-api';
import {
  KubernetesObject,
  V1ConfigMap,
  V1Deployment,
  V1Job,
  V1Pod,
} from '@kubernetes/client-node';
import { instanceNames } from 'backstage-plugin-mlflow-common';
import { InstanceRecord } from '../instances/InstanceRecord';
import { RECORD_SELECTOR } from '../instances/recordCodec';
import { Platform } from '../platform/Platform';
import {
  INSTANCE_LABEL,
  MANAGED_BY_LABEL,
  MANAGER,
} from '../systems/kubernetes/labels';
import {
  WatchedObjects,
  WatchList,
  WatchListener,
  WatchTimes,
} from '../systems/kubernetes/watchList';
import { HEALTH_SELECTOR } from '../health/reportCodec';
import { HealthReports } from './HealthReports';
import { InstanceRecords } from './InstanceRecords';
import {
  Freshness,
  InstanceListener,
  InstanceSource,
  ObservedInstance,
} from './ObservedInstance';
import { slimConfigMap, slimDeployment, slimJob, slimPod } from './slim';

/** A cluster, and the namespace in it that holds the records. */
export type WatchedPlatform = Pick<Platform, 'name' | 'kubernetes'> & {
  config: { kubernetes: { namespace: string } };
};

/** The chart's label on everything of a server; the release tells which. */
const SERVER_SELECTOR = 'app.kubernetes.io/name=mlflow';
const RELEASE_LABEL = 'app.kubernetes.io/instance';
const JOB_LABEL = 'batch.kubernetes.io/job-name';

/** What is watched besides the records, in all namespaces. */
const DEPLOYMENTS: WatchedObjects = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  resource: 'deployments',
  labelSelector: SERVER_SELECTOR,
};
/** Servers and Jobs alike bear the label. */
const PODS: WatchedObjects = {
  apiVersion: 'v1',
  kind: 'Pod',
  resource: 'pods',
  labelSelector: INSTANCE_LABEL,
};
const JOBS: WatchedObjects = {
  apiVersion: 'batch/v1',
  kind: 'Job',
  resource: 'jobs',
  labelSelector: `${MANAGED_BY_LABEL}=${MANAGER},${INSTANCE_LABEL}`,
};

/**
 * Keeps the instances of one platform in sight: the records in the platform's
 * namespace, the Deployments, Pods and Jobs of MLflow servers in all. What is
 * asked of it is answered from memory.
 */
export class InstanceWatch implements InstanceSource {
  readonly platform: string;
  readonly #logger: LoggerService;
  readonly #recordMaps: WatchList<V1ConfigMap>;
  readonly #deployments: WatchList<V1Deployment>;
  readonly #pods: WatchList<V1Pod>;
  readonly #jobs: WatchList<V1Job>;
  readonly #reportMaps: WatchList<V1ConfigMap>;
  readonly #records: InstanceRecords;
  readonly #reports = new HealthReports();
  readonly #listeners = new Set<InstanceListener>();
  readonly #stop = new AbortController();
  readonly #failing = new Map<string, Error>();
  #started = false;

  constructor(
    platform: WatchedPlatform,
    options: { logger: LoggerService; times?: Partial<WatchTimes> },
  ) {
    this.platform = platform.name;
    this.#logger = options.logger;
    this.#records = new InstanceRecords(platform.name, error =>
      this.#logger.warn(`MLflow platform ${this.platform}: ${error}`),
    );
    const watch = <T extends KubernetesObject>(
      watched: WatchedObjects,
      keep: (object: T) => T,
      listener: Pick<WatchListener<T>, 'onList' | 'onChange'>,
      name: string = watched.resource,
    ) =>
      new WatchList<T>(
        platform.kubernetes,
        watched,
        {
          ...listener,
          onFailure: error => this.#failed(name, error),
          onRecovery: () => this.#recovered(name),
        },
        options.times,
        keep,
      );
    const workload = {
      onList: (_: unknown, changed: string[]) =>
        changed.forEach(key => this.#changed(key)),
      onChange: (key: string) => this.#changed(key),
    };
    this.#recordMaps = watch(
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        resource: 'configmaps',
        namespace: platform.config.kubernetes.namespace,
        labelSelector: RECORD_SELECTOR,
      },
      slimConfigMap,
      {
        onList: objects => {
          this.#records.takeAll(objects.values());
          this.#tell(listener => listener.onList());
        },
        onChange: (key, object) => {
          const name = this.#records.take(key, object);
          if (name !== undefined) {
            this.#tell(listener => listener.onRecord(name));
          }
        },
      },
    );
    this.#reportMaps = watch(
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        resource: 'configmaps',
        namespace: platform.config.kubernetes.namespace,
        labelSelector: HEALTH_SELECTOR,
      },
      slimConfigMap,
      {
        onList: objects => this.#reports.takeAll(objects),
        onChange: (key, object) => {
          const name = this.#reports.take(key, object);
          if (name !== undefined) {
            this.#tell(listener => listener.onWorkload?.(name));
          }
        },
      },
      'health reports',
    );
    this.#deployments = watch(DEPLOYMENTS, slimDeployment, workload);
    this.#pods = watch(PODS, slimPod, workload);
    this.#jobs = watch(JOBS, slimJob, workload);
  }

  /** What the status cannot do without; a report bears its own age. */
  get #lists() {
    return [this.#recordMaps, this.#deployments, this.#pods, this.#jobs];
  }

  /** Starts watching and returns at once; a second call does nothing. */
  start(): void {
    if (this.#started) {
      return;
    }
    this.#started = true;
    for (const list of [...this.#lists, this.#reportMaps]) {
      list.run(this.#stop.signal).catch(error => {
        this.#logger.error(
          `MLflow platform ${this.platform}: a watch ended`,
          error,
        );
      });
    }
  }

  stop(): void {
    this.#stop.abort();
  }

  get(name: string): ObservedInstance | undefined {
    const record = this.#records.get(name);
    return record && this.#observe(record);
  }

  list(): ObservedInstance[] {
    return this.#records.sorted().map(record => this.#observe(record));
  }

  unreadable(): string[] {
    return this.#records.unreadable();
  }

  freshness(): Freshness {
    const dates = this.#lists.map(list => list.rightAt);
    const known = dates.filter(date => date !== undefined);
    const oldest = Math.min(...known.map(date => date.getTime()));
    return {
      complete: this.#recordMaps.rightAt !== undefined,
      rightAt: known.length === dates.length ? new Date(oldest) : undefined,
      error: [...this.#failing.values()][0],
    };
  }

  subscribe(listener: InstanceListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #observe(record: InstanceRecord): ObservedInstance {
    const { name } = record.spec;
    const { namespace, release } = instanceNames(name);
    const pods = this.#pods.inNamespace(namespace);
    const jobs = this.#jobs
      .inNamespace(namespace)
      .filter(job => job.metadata?.labels?.[INSTANCE_LABEL] === name);
    const jobNames = new Set(jobs.map(job => job.metadata?.name));
    return {
      record,
      health: this.#reports.get(name),
      deployment: this.#deployments.objects.get(`${namespace}/${release}`),
      pods: pods.filter(pod => labelOf(pod, RELEASE_LABEL) === release),
      jobs,
      jobPods: pods.filter(pod => {
        const job = labelOf(pod, JOB_LABEL);
        return job !== undefined && jobNames.has(job);
      }),
    };
  }

  /** @param key - of an object in the namespace of an instance, or of others */
  #changed(key: string): void {
    const name = this.#records.nameIn(key.slice(0, key.indexOf('/')));
    if (name !== undefined) {
      this.#tell(listener => listener.onWorkload?.(name));
    }
  }

  #tell(what: (listener: InstanceListener) => void): void {
    this.#listeners.forEach(what);
  }

  #failed(resource: string, error: Error): void {
    const before = this.#failing.size;
    if (!this.#failing.has(resource)) {
      this.#logger.warn(
        `MLflow platform ${this.platform}: ${resource} are not watched at present: ${error.message}`,
      );
    }
    this.#failing.set(resource, error);
    if (before === 0) {
      this.#tell(listener => listener.onSight?.());
    }
  }

  #recovered(resource: string): void {
    if (this.#failing.delete(resource)) {
      this.#logger.info(
        `MLflow platform ${this.platform}: ${resource} are watched again`,
      );
    }
    if (this.#failing.size === 0) {
      this.#tell(listener => listener.onSight?.());
    }
  }
}

function labelOf(object: KubernetesObject, label: string): string | undefined {
  return object.metadata?.labels?.[label];
}

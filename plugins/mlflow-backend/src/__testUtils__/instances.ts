import { V1Deployment, V1Pod } from '@kubernetes/client-node';
import { InstanceSpec } from 'backstage-plugin-mlflow-common';
import { InstanceSources } from '../watch/InstanceSources';
import {
  Freshness,
  InstanceListener,
  InstanceSource,
  ObservedInstance,
} from '../watch/ObservedInstance';
import { InstanceRecord, InstanceRun } from '../instances/InstanceRecord';

/** A moment that everything in the fixtures is near to. */
export const NOW = new Date('2026-01-02T03:04:05.000Z');

/** A record as a finished run leaves it. */
export function testRecord(
  spec: Partial<InstanceSpec> = {},
  run: Partial<InstanceRun> = {},
): InstanceRecord {
  const name = spec.name ?? 'churn';
  return {
    id: 'a1b2c3d4e5f6',
    platformId: '0123456789',
    spec: {
      name,
      platform: 'lab',
      owner: 'group:default/team-a',
      description: 'Churn models',
      host: `mlflow-${name}.example.com`,
      line: '3.17',
      size: 'S',
      replicas: 1,
      defaultPermission: 'NO_PERMISSIONS',
      metrics: true,
      ...spec,
    },
    generation: 1,
    createdBy: 'user:default/owner',
    createdAt: NOW.toISOString(),
    changedAt: NOW.toISOString(),
    run: {
      taskId: 'task-1',
      action: 'create',
      state: 'done',
      startedAt: NOW.toISOString(),
      aliveAt: NOW.toISOString(),
      ...run,
    },
    made: [],
  };
}

/** A Deployment whose one replica is ready. */
export function testDeployment(
  status: V1Deployment['status'] = {},
  spec: { replicas?: number; generation?: number } = {},
): V1Deployment {
  return {
    metadata: {
      name: 'mlflow-churn',
      namespace: 'mlflow-churn',
      generation: spec.generation ?? 2,
    },
    spec: {
      replicas: spec.replicas ?? 1,
      selector: {},
      template: {},
    },
    status: {
      observedGeneration: 2,
      replicas: 1,
      updatedReplicas: 1,
      availableReplicas: 1,
      conditions: [
        { type: 'Available', status: 'True', lastTransitionTime: NOW },
      ],
      ...status,
    },
  };
}

/** A pod with this status. */
export function testPod(status: V1Pod['status']): V1Pod {
  return {
    metadata: {
      name: 'mlflow-churn-0',
      namespace: 'mlflow-churn',
      labels: { 'app.kubernetes.io/instance': 'mlflow-churn' },
    },
    status,
  };
}

/** What is seen of an instance of which nothing runs, but for what is given. */
export function testObserved(
  seen: Partial<ObservedInstance> = {},
): ObservedInstance {
  return { record: testRecord(), pods: [], jobs: [], jobPods: [], ...seen };
}

/** Instances of one platform that a test sets by hand. */
export class TestSource implements InstanceSource {
  readonly platform: string;
  readonly instances = new Map<string, ObservedInstance>();
  readonly broken = new Set<string>();
  state: Freshness = { complete: false };
  #listeners = new Set<InstanceListener>();

  constructor(platform: string = 'lab') {
    this.platform = platform;
  }

  /** A complete list came. */
  listed(...records: InstanceRecord[]): this {
    this.instances.clear();
    records.forEach(record => this.#put(record));
    this.state = { complete: true, rightAt: new Date() };
    this.#listeners.forEach(listener => listener.onList());
    return this;
  }

  /** One record was made or changed. */
  changed(record: InstanceRecord): void {
    this.#put(record);
    this.#listeners.forEach(listener => listener.onRecord(record.spec.name));
  }

  /** One record was deleted. */
  deleted(name: string): void {
    this.instances.delete(name);
    this.#listeners.forEach(listener => listener.onRecord(name));
  }

  /** The cluster cannot be asked any more. */
  failed(error: Error): void {
    this.state = { ...this.state, error };
  }

  /** What runs of an instance changed. */
  worked(name: string): void {
    this.#listeners.forEach(listener => listener.onWorkload?.(name));
  }

  /** The cluster cannot be asked any more, and whoever listens is told. */
  outOfSight(error: Error): void {
    this.failed(error);
    this.#listeners.forEach(listener => listener.onSight?.());
  }

  get(name: string) {
    return this.instances.get(name);
  }

  list() {
    return [...this.instances.values()];
  }

  freshness() {
    return this.state;
  }

  unreadable() {
    return [...this.broken];
  }

  subscribe(listener: InstanceListener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #put(record: InstanceRecord): void {
    const deployment = testDeployment();
    this.instances.set(record.spec.name, testObserved({ record, deployment }));
  }
}

/** All sources of a portal. */
export function testSources(...sources: InstanceSource[]): InstanceSources {
  return {
    list: () => sources,
    get: platform => sources.find(source => source.platform === platform),
  };
}

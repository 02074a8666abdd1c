import { Instance } from '../steps/Step';
import { PlatformConfig } from '../platform/config';
import { Answer } from '../plan/askSystem';
import { ObservedInstance } from '../watch/ObservedInstance';
import { ClusterFacts } from './facts/clusterFacts';
import { IdentityFacts } from './facts/identityFacts';
import { ServerFacts } from './facts/serverFacts';
import { StoreFacts } from './facts/storeFacts';
import { DatabaseFacts } from './facts/databaseFacts';

/**
 * All that one look at an instance found out. A system that could not be asked
 * is told by the sentence why, which is a fact too.
 */
export interface Facts {
  now: Date;
  /** What was asked for. */
  instance: Instance;
  platform: PlatformConfig;
  /** What the watches show. */
  observed: ObservedInstance;
  cluster: Answer<ClusterFacts>;
  /** What a user of the server would meet. */
  server: Answer<ServerFacts>;
  databases: Answer<DatabaseFacts>;
  store: Answer<StoreFacts>;
  identity: Answer<IdentityFacts>;
}

/** What was answered; undefined when the system could not be asked. */
export function known<T>(answer: Answer<T>): T | undefined {
  return 'value' in answer ? answer.value : undefined;
}

import type { Provocation } from '../Provocation.ts';
import { allowedHostsWrong } from './allowedHostsWrong.ts';
import { authDatabaseMissing } from './authDatabaseMissing.ts';
import { authDatabasePassword } from './authDatabasePassword.ts';
import { bucketForbidden } from './bucketForbidden.ts';
import { bucketMissing } from './bucketMissing.ts';
import { certificateExpired } from './certificateExpired.ts';
import { certificateExpiring } from './certificateExpiring.ts';
import { certificateUntrusted } from './certificateUntrusted.ts';
import { databaseConnectionsUsedUp } from './databaseConnectionsUsedUp.ts';
import { databaseDown } from './databaseDown.ts';
import { deploymentMissing } from './deploymentMissing.ts';
import { fileSessionsWithReplicas } from './fileSessionsWithReplicas.ts';
import { flaskAppName } from './flaskAppName.ts';
import { groupDetectionPluginSet } from './groupDetectionPluginSet.ts';
import { imageMissing } from './imageMissing.ts';
import { imagePullFailed } from './imagePullFailed.ts';
import { imagePullRefused } from './imagePullRefused.ts';
import { ingressMissing } from './ingressMissing.ts';
import { ingressWithoutAddress } from './ingressWithoutAddress.ts';
import { migrationFailed } from './migrationFailed.ts';
import { objectStoreDown } from './objectStoreDown.ts';
import { outOfMemory } from './outOfMemory.ts';
import { quotaReached } from './quotaReached.ts';
import { s3KeysWrong } from './s3KeysWrong.ts';
import { scaledToZero } from './scaledToZero.ts';
import { schemaNewer } from './schemaNewer.ts';
import { secretKeyDiffers } from './secretKeyDiffers.ts';
import { secretKeyUnset } from './secretKeyUnset.ts';
import { secretMissing } from './secretMissing.ts';
import { serverCrashing } from './serverCrashing.ts';
import { sessionStoreWrong } from './sessionStoreWrong.ts';
import { settingsChanged } from './settingsChanged.ts';
import { trackingDatabaseMissing } from './trackingDatabaseMissing.ts';
import { trackingDatabasePassword } from './trackingDatabasePassword.ts';
import { unschedulable } from './unschedulable.ts';
import { versionBelowFloor } from './versionBelowFloor.ts';

/** Those in the cluster, in PostgreSQL and in the object store. */
export const PLATFORM_PROVOCATIONS: readonly Provocation[] = [
  settingsChanged,
  deploymentMissing,
  scaledToZero,
  secretMissing,
  secretKeyUnset,
  secretKeyDiffers,
  trackingDatabasePassword,
  authDatabasePassword,
  trackingDatabaseMissing,
  authDatabaseMissing,
  databaseConnectionsUsedUp,
  s3KeysWrong,
  bucketMissing,
  bucketForbidden,
  ingressMissing,
  ingressWithoutAddress,
  certificateExpired,
  certificateUntrusted,
  certificateExpiring,
  imageMissing,
  imagePullRefused,
  imagePullFailed,
  unschedulable,
  quotaReached,
  outOfMemory,
  flaskAppName,
  serverCrashing,
  allowedHostsWrong,
  groupDetectionPluginSet,
  schemaNewer,
  migrationFailed,
  versionBelowFloor,
  sessionStoreWrong,
  fileSessionsWithReplicas,
  databaseDown,
  objectStoreDown,
];

import { Cause } from './Cause';
import { allowedHostsWrong } from './causes/allowedHostsWrong';
import { authDatabaseMissing } from './causes/authDatabaseMissing';
import { authDatabasePassword } from './causes/authDatabasePassword';
import { bucketForbidden } from './causes/bucketForbidden';
import { bucketMissing } from './causes/bucketMissing';
import { certificateExpired } from './causes/certificateExpired';
import { certificateExpiring } from './causes/certificateExpiring';
import { certificateUntrusted } from './causes/certificateUntrusted';
import { databaseConnectionsUsedUp } from './causes/databaseConnectionsUsedUp';
import { databaseDown } from './causes/databaseDown';
import { deploymentMissing } from './causes/deploymentMissing';
import { fileSessionsWithReplicas } from './causes/fileSessionsWithReplicas';
import { flaskAppName } from './causes/flaskAppName';
import { groupDetectionPluginSet } from './causes/groupDetectionPluginSet';
import { imageMissing } from './causes/imageMissing';
import { imagePullFailed } from './causes/imagePullFailed';
import { imagePullRefused } from './causes/imagePullRefused';
import { ingressMissing } from './causes/ingressMissing';
import { ingressWithoutAddress } from './causes/ingressWithoutAddress';
import { migrationFailed } from './causes/migrationFailed';
import { objectStoreDown } from './causes/objectStoreDown';
import { outOfMemory } from './causes/outOfMemory';
import { quotaReached } from './causes/quotaReached';
import { s3KeysWrong } from './causes/s3KeysWrong';
import { scaledToZero } from './causes/scaledToZero';
import { schemaNewer } from './causes/schemaNewer';
import { secretKeyDiffers } from './causes/secretKeyDiffers';
import { secretKeyUnset } from './causes/secretKeyUnset';
import { secretMissing } from './causes/secretMissing';
import { serverCrashing } from './causes/serverCrashing';
import { sessionStoreWrong } from './causes/sessionStoreWrong';
import { settingsChanged } from './causes/settingsChanged';
import { trackingDatabaseMissing } from './causes/trackingDatabaseMissing';
import { trackingDatabasePassword } from './causes/trackingDatabasePassword';
import { unschedulable } from './causes/unschedulable';
import { versionBelowFloor } from './causes/versionBelowFloor';

/** Causes in the cluster, in PostgreSQL and in the object store, roots first. */
export const PLATFORM_CAUSES: readonly Cause[] = [
  deploymentMissing,
  scaledToZero,
  databaseDown,
  trackingDatabasePassword,
  trackingDatabaseMissing,
  authDatabasePassword,
  authDatabaseMissing,
  databaseConnectionsUsedUp,
  objectStoreDown,
  s3KeysWrong,
  bucketMissing,
  bucketForbidden,
  secretMissing,
  secretKeyUnset,
  secretKeyDiffers,
  schemaNewer,
  migrationFailed,
  imageMissing,
  imagePullRefused,
  imagePullFailed,
  unschedulable,
  quotaReached,
  outOfMemory,
  flaskAppName,
  allowedHostsWrong,
  sessionStoreWrong,
  fileSessionsWithReplicas,
  groupDetectionPluginSet,
  ingressMissing,
  ingressWithoutAddress,
  certificateExpired,
  certificateUntrusted,
  certificateExpiring,
  versionBelowFloor,
  settingsChanged,
  serverCrashing,
];

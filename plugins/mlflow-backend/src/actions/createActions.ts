import { ScaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { createAccessGrantAction } from './accessGrant';
import { createClaimAction } from './claim';
import { ActionDependencies } from './dependencies';
import { createPlanAction } from './planAction';
import { createPlatformCheckAction } from './platformCheck';
import { createPublishAction } from './publish';
import { createResumeAction } from './resume';
import { createStepActions } from './stepActions';
import { createTransferAction } from './transfer';
import { createUndoAction } from './undo';

/** All MLflow actions, as the scaffolder gets them. */
export function createActions(
  deps: ActionDependencies,
): Parameters<ScaffolderActionsExtensionPoint['addActions']> {
  return [
    createPlatformCheckAction(deps),
    createPlanAction(deps),
    createClaimAction(deps),
    createResumeAction(deps),
    ...createStepActions(deps),
    createAccessGrantAction(deps),
    createPublishAction(deps),
    createTransferAction(deps),
    createUndoAction(deps),
  ];
}

//

export * from '../models/HostCheck.model';
export * from '../models/InstanceCondition.model';
export * from '../models/InstanceList.model';
export * from '../models/InstancePhase.model';
export * from '../models/InstancePlan.model';
export * from '../models/InstanceStatus.model';
export * from '../models/InstanceSummary.model';
export * from '../models/ModelError.model';
export * from '../models/ModelErrorError.model';
export * from '../models/NameCheck.model';
export * from '../models/Owners.model';
export * from '../models/PlanAction.model';
export * from '../models/PlanChange.model';
export * from '../models/PlanCounts.model';
export * from '../models/PlanInput.model';
export * from '../models/PlanStep.model';
export * from '../models/PlatformLine.model';
export * from '../models/PlatformSummary.model';
export * from '../models/Replicas.model';
export * from '../models/Urls.model';
export * from '../models/Versions.model';

import {
  InstancePlan,
  PlanAction,
  PlanChange,
  PlanStep,
  stringifyInstanceReference,
} from 'backstage-plugin-mlflow-common';
import { toInstance } from '../instances/toInstance';
import { WantedAccess } from '../steps/access';
import { askSystem } from './askSystem';
import { candidateInstance } from './candidateInstance';
import { planDigest } from './digest';
import { ClaimPlan, ClaimRequest, planClaim } from './planClaim';
import { plannedSteps } from './plannedSteps';
import { shown } from './shown';
import { planWarnings, WarningFacts } from './warnings';

/** What a plan is made of, besides the systems themselves. */
export interface PlanRequest extends ClaimRequest {
  /** Whom the run lets in, of an instance that somebody made or will make. */
  access(creator: string): Promise<WantedAccess>;
  /** What the catalog will show of the instance. */
  entity(): Promise<PlanChange[]>;
  /** Entity reference of whoever becomes admin. */
  creator: string;
  hostDerived: boolean;
  /** Whether the caller may have an image built. */
  mayBuild(): Promise<boolean>;
}

/** A part of the plan, and how it is found. */
interface Part extends Omit<PlanStep, 'changes' | 'problem'> {
  plan(signal: AbortSignal): Promise<PlanChange[]>;
}

const CLAIM = { step: 'claim', title: 'Claim the name', system: 'Kubernetes' };

const NOBODY: WantedAccess = { admins: [], users: [] };

/**
 * Asks every system what a run would do, and changes nothing. Systems are asked
 * at the same time. One that cannot be asked is told as the problem of its
 * steps; the others are planned all the same.
 *
 * @param options - `risksOnly`: leave out what can neither be in the way nor
 * destroy anything, as the claim does when it looks again
 */
export async function planInstance(
  request: PlanRequest,
  signal: AbortSignal,
  options: { risksOnly?: boolean } = {},
): Promise<InstancePlan> {
  const claim = await askSystem(CLAIM.system, signal, bounded =>
    planClaim(request, bounded),
  );
  if ('problem' in claim) {
    return assemble(request, [{ ...CLAIM, changes: [], ...claim }], {});
  }
  const { changes, record, taken } = claim.value;
  const claimStep = { ...CLAIM, changes };
  if (taken) {
    return assemble(request, [claimStep], {});
  }
  const creator = record?.createdBy ?? request.creator;
  const [access, mayBuild] = options.risksOnly
    ? [NOBODY, true]
    : await Promise.all([request.access(creator), request.mayBuild()]);
  const parts = partsOf(request, claim.value, access, options.risksOnly);
  const steps = await Promise.all(parts.map(part => planPart(part, signal)));
  return assemble(request, [claimStep, ...steps], {
    exists: record !== undefined,
    warned: { access, creator, mayBuild },
  });
}

function partsOf(
  request: PlanRequest,
  claim: ClaimPlan,
  access: WantedAccess,
  risksOnly: boolean = false,
): Part[] {
  const { platform, entity } = request;
  const instance = claim.record
    ? toInstance(claim.record)
    : candidateInstance(request.spec, claim.platformId);
  const steps = plannedSteps(access).filter(
    ({ risky }) =>
      !risksOnly ||
      risky === 'always' ||
      (risky === 'on existing' && claim.record),
  );
  return [
    ...steps.map(({ name, title, system, plan }) => ({
      step: name,
      title,
      system,
      plan: (signal: AbortSignal) =>
        plan({ instance, platform, signal, log: () => undefined }),
    })),
    {
      step: 'publish',
      title: 'Show it in the catalog',
      system: 'Catalog',
      plan: entity,
    },
  ];
}

async function planPart(
  { plan, ...part }: Part,
  signal: AbortSignal,
): Promise<PlanStep> {
  const answer = await askSystem(part.system, signal, plan);
  return 'problem' in answer
    ? { ...part, changes: [], ...answer }
    : { ...part, changes: answer.value.map(shown) };
}

function assemble(
  { platform, spec, hostDerived }: PlanRequest,
  steps: PlanStep[],
  facts: {
    exists?: boolean;
    warned?: Pick<WarningFacts, 'access' | 'creator' | 'mayBuild'>;
  },
): InstancePlan {
  const changes = unique(steps.flatMap(step => step.changes));
  const those = (wanted: PlanAction) =>
    changes.filter(({ action }) => action === wanted);
  const image = steps.find(({ step }) => step === 'image')?.changes[0];
  return {
    instance: stringifyInstanceReference(spec),
    exists: facts.exists ?? false,
    digest: planDigest(spec, changes),
    counts: {
      create: those('create').length,
      update: those('update').length,
      keep: those('keep').length,
      conflict: those('conflict').length,
    },
    steps,
    conflicts: those('conflict'),
    warnings: facts.warned
      ? planWarnings(spec, platform.config, {
          ...facts.warned,
          hostDerived,
          imageMissing: image?.action === 'create',
        })
      : [],
  };
}

/** Two steps may meet the same secret in their way. */
function unique(changes: PlanChange[]): PlanChange[] {
  const keys = new Set<string>();
  return changes.filter(({ system, object, action }) => {
    const key = JSON.stringify([system, object, action]);
    return !keys.has(key) && keys.add(key);
  });
}

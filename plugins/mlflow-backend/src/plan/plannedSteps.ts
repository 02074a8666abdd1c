import { accessStep, WantedAccess } from '../steps/access';
import { bucketStep } from '../steps/bucket';
import { databaseStep } from '../steps/database';
import { identityStep } from '../steps/identity';
import { imageStep } from '../steps/image';
import { migrationStep } from '../steps/migration';
import { namespaceStep } from '../steps/namespace';
import { planChanges } from '../steps/planChanges';
import { releaseStep } from '../steps/release';
import { Change, Step, StepContext, SystemName } from '../steps/Step';
import { verificationStep } from '../steps/verification';

/** One step of the template, of which nothing but its plan is wanted. */
export interface PlannedStep {
  name: string;
  /** For people, as in the template. */
  title: string;
  system: SystemName;
  /** Whether a conflict or something destructive can be found before a run. */
  risky: 'always' | 'on existing' | 'never';
  plan(ctx: StepContext): Promise<Change[]>;
}

/** All steps between claim and publish, in the order of the template. */
export function plannedSteps(access: WantedAccess): PlannedStep[] {
  return [
    planned(imageStep, 'Build the image', 'Registry', 'never'),
    planned(namespaceStep, 'Make the namespace', 'Kubernetes', 'always'),
    planned(databaseStep, 'Make the databases', 'PostgreSQL', 'always'),
    planned(bucketStep, 'Make the bucket', 'Object store', 'always'),
    planned(
      identityStep,
      'Make client and groups in Keycloak',
      'Keycloak',
      'always',
    ),
    planned(accessStep(access), 'Let the owners in', 'Keycloak', 'never'),
    planned(
      migrationStep,
      'Migrate the databases',
      'Kubernetes',
      'on existing',
    ),
    planned(releaseStep, 'Deploy the server', 'Helm', 'on existing'),
    planned(verificationStep, 'Verify as a user would', 'MLflow', 'never'),
  ];
}

function planned<Observed>(
  step: Step<Observed>,
  title: string,
  system: SystemName,
  risky: PlannedStep['risky'],
): PlannedStep {
  return {
    name: step.name,
    title,
    system,
    risky,
    plan: ctx => planChanges(step, system, ctx),
  };
}

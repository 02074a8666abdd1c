import { bucketStep } from '../steps/bucket';
import { databaseStep } from '../steps/database';
import { identityStep } from '../steps/identity';
import { imageStep } from '../steps/image';
import { migrationStep } from '../steps/migration';
import { namespaceStep } from '../steps/namespace';
import { releaseStep } from '../steps/release';
import { verificationStep } from '../steps/verification';
import { ActionDependencies } from './dependencies';
import { allowImageBuild } from './imageBuild';
import { createStepAction } from './stepAction';

const MINUTE = 60;

/** One action a step, in the order in which a template runs them. */
export function createStepActions(deps: ActionDependencies) {
  return [
    createStepAction(deps, {
      id: 'mlflow:image:ensure',
      title: 'Build the image',
      description:
        'Builds the image of the version line and pushes it, unless the registry has it; the initiator needs the right to have images built. Nothing is built when the platform names prebuilt images.',
      step: imageStep,
      allow: allowImageBuild,
      deadlineSeconds: 45 * MINUTE,
    }),
    createStepAction(deps, {
      id: 'mlflow:namespace:ensure',
      title: 'Make the namespace',
      description:
        'Makes the Kubernetes namespace of the instance, under Pod Security "restricted", with the certificates that its pods trust.',
      step: namespaceStep,
      deadlineSeconds: 2 * MINUTE,
    }),
    createStepAction(deps, {
      id: 'mlflow:database:ensure',
      title: 'Make the databases',
      description:
        'Makes the PostgreSQL role and its two databases, for tracking and for users, and keeps the password in a Secret.',
      step: databaseStep,
      deadlineSeconds: 2 * MINUTE,
    }),
    createStepAction(deps, {
      id: 'mlflow:bucket:ensure',
      title: 'Make the bucket',
      description:
        'Makes the bucket for artifacts and a key that reaches this bucket alone, and keeps the key in a Secret.',
      step: bucketStep,
      deadlineSeconds: 2 * MINUTE,
    }),
    createStepAction(deps, {
      id: 'mlflow:identity:ensure',
      title: 'Make client and groups in Keycloak',
      description:
        'Makes the Keycloak client for login, the scope and the groups of admins and users, and the service accounts by which the portal reads and prepares MLflow.',
      step: identityStep,
      deadlineSeconds: 2 * MINUTE,
    }),
    createStepAction(deps, {
      id: 'mlflow:migration:run',
      title: 'Migrate the databases',
      description:
        'Migrates both databases by one Job before several servers would race to do so; a single server does it itself while it starts.',
      step: migrationStep,
      deadlineSeconds: 30 * MINUTE,
    }),
    createStepAction(deps, {
      id: 'mlflow:release:deploy',
      title: 'Deploy the server',
      description:
        'Installs the Helm release with its ingress, and waits until the server is ready.',
      step: releaseStep,
      deadlineSeconds: 10 * MINUTE,
    }),
    createStepAction(deps, {
      id: 'mlflow:instance:verify',
      title: 'Verify as a user would',
      description:
        'Checks hosts, login, reading, artifacts and metrics, each as a user of the instance would meet it, and makes the portal known to MLflow as a reader.',
      step: verificationStep,
      deadlineSeconds: 3 * MINUTE,
    }),
  ];
}

import { accessStep } from './access';
import { bucketStep } from './bucket';
import { databaseStep } from './database';
import { identityStep } from './identity';
import { imageStep } from './image';
import { migrationStep } from './migration';
import { namespaceStep } from './namespace';
import { releaseStep } from './release';
import { Removal, RemoveOptions, StepContext } from './Step';
import { verificationStep } from './verification';

/** A step as far as a removal needs it. */
export interface Removable {
  readonly name: string;
  remove(ctx: StepContext, options: RemoveOptions): Promise<Removal[]>;
}

/** All steps, the last one first: nothing goes before what stands on it. */
export const REMOVAL_ORDER: readonly Removable[] = [
  verificationStep,
  releaseStep,
  migrationStep,
  accessStep({ admins: [], users: [] }),
  identityStep,
  bucketStep,
  databaseStep,
  namespaceStep,
  imageStep,
];

import { LoggerService } from '@backstage/backend-plugin-api';
import {
  InstanceSpec,
  instanceUrls,
  stringifyInstanceReference,
} from 'backstage-plugin-mlflow-common';
import { instanceEntityRef } from '../catalog/entity';
import { releaseOf } from '../releases/releases';
import { SchemaOf, Z } from './zod';

type ClaimOutput =
  | 'instance'
  | 'entityRef'
  | 'mlflowUrl'
  | 'permissionsUrl'
  | 'host'
  | 'warning';

/** Outputs of every action that begins a run; for `schema.output`. */
export const claimOutput: Record<
  Exclude<ClaimOutput, 'warning'>,
  (z: Z) => SchemaOf<string>
> & { warning: (z: Z) => SchemaOf<string | undefined> } = {
  instance: (z: Z) =>
    z.string().describe('Reference of the instance, <platform>/<name>'),
  entityRef: (z: Z) => z.string().describe('Entity in the catalog'),
  mlflowUrl: (z: Z) => z.string().describe('Address of MLflow'),
  permissionsUrl: (z: Z) =>
    z.string().describe('Address of the permissions UI'),
  host: (z: Z) => z.string().describe('Host name of MLflow'),
  warning: (z: Z) =>
    z.string().optional().describe('Known holes of the version line, if any'),
};

interface ClaimContext {
  logger: Pick<LoggerService, 'warn'>;
  output(name: ClaimOutput, value: string | undefined): void;
}

/** What a claim tells the later steps; all of it follows from the spec. */
export function outputClaim(ctx: ClaimContext, spec: InstanceSpec): void {
  const { warning } = releaseOf(spec.line);
  const urls = instanceUrls(spec);
  if (warning) {
    ctx.logger.warn(warning);
  }
  ctx.output('instance', stringifyInstanceReference(spec));
  ctx.output('entityRef', instanceEntityRef(spec));
  ctx.output('mlflowUrl', urls.mlflow);
  ctx.output('permissionsUrl', urls.permissions);
  ctx.output('host', spec.host);
  ctx.output('warning', warning);
}

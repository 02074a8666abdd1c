import { LoggerService } from '@backstage/backend-plugin-api';
import {
  InstanceSpec,
  instanceUrls,
  stringifyInstanceReference,
} from 'backstage-plugin-mlflow-common';
import { instanceEntityRef } from '../catalog/entity';
import { releaseOf } from '../releases/releases';

interface ClaimContext {
  logger: Pick<LoggerService, 'warn'>;
  output(
    name:
      | 'instance'
      | 'entityRef'
      | 'mlflowUrl'
      | 'permissionsUrl'
      | 'host'
      | 'warning',
    value: string | undefined,
  ): void;
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

import { ActionContext } from '@backstage/plugin-scaffolder-node';
import { JsonObject } from '@backstage/types';
import {
  InstanceSpec,
  instanceUrls,
  stringifyInstanceReference,
} from 'backstage-plugin-mlflow-common';
import { instanceEntityRef } from '../catalog/entity';
import { releaseOf } from '../releases/releases';

interface ClaimOutput extends JsonObject {
  instance: string;
  entityRef: string;
  mlflowUrl: string;
  permissionsUrl: string;
  host: string;
  warning?: string;
}

/** What a claim tells the later steps; all of it follows from the spec. */
export function outputClaim(
  ctx: Pick<ActionContext<JsonObject, ClaimOutput>, 'output' | 'logger'>,
  spec: InstanceSpec,
): void {
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

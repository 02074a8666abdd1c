import { Config } from '@backstage/config';

/** Whether and for whom the plugin's templates stand in the catalog. */
export interface TemplatesConfig {
  enabled: boolean;
  /** Entity reference of the owner of the templates. */
  owner: string;
}

/**
 * Reads `mlflow.templates`.
 *
 * @throws Error that names the key with a value of the wrong kind
 */
export function readTemplatesConfig(root: Config): TemplatesConfig {
  const config = root.getOptionalConfig('mlflow.templates');
  return {
    enabled: config?.getOptionalBoolean('enabled') ?? true,
    owner: config?.getOptionalString('owner') ?? 'group:default/platform',
  };
}

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { resolvePackagePath } from '@backstage/backend-plugin-api';

/**
 * Where the templates are: in the installed package, or at the root of the
 * repository when the plugin runs from its sources.
 */
export function templateFolder(): string {
  const root = resolvePackagePath('backstage-plugin-mlflow-backend');
  const packed = resolve(root, 'templates');
  return existsSync(packed) ? packed : resolve(root, '../../templates');
}

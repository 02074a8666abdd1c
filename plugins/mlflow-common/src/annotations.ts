/**
 * Annotation of a catalog entity that stands for an instance. Its value is the
 * instance's reference, `<platform>/<name>`. It says where to look, never who
 * owns what: the record does.
 *
 * @public
 */
export const MLFLOW_INSTANCE_ANNOTATION = 'mlflow.org/instance';

/**
 * Names one instance of one platform.
 *
 * @public
 */
export interface InstanceReference {
  /** Key of the platform in app-config, `mlflow.platforms.<platform>`. */
  platform: string;
  /** Name of the instance on that platform. */
  name: string;
}

/**
 * `<platform>/<name>`, as it stands in the annotation, in audit events and in
 * permission resource references.
 *
 * @public
 */
export function stringifyInstanceReference(ref: InstanceReference): string {
  return `${ref.platform}/${ref.name}`;
}

/**
 * Reads `<platform>/<name>`; undefined for anything else.
 *
 * @public
 */
export function parseInstanceReference(
  value: string | undefined,
): InstanceReference | undefined {
  const match = value?.match(/^([^/\s]+)\/([^/\s]+)$/);
  return match ? { platform: match[1], name: match[2] } : undefined;
}

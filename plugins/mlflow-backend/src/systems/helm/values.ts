/** Anything that goes into a Helm values file. */
export type HelmValue =
  | string
  | number
  | boolean
  | HelmValue[]
  | { [key: string]: HelmValue };

/** A Helm values file. */
export type HelmValues = { [key: string]: HelmValue };

import { ReleaseRevision } from 'backstage-plugin-mlflow-common';
import { Instance } from '../steps/Step';
import { HelmClient, HelmRevision } from '../systems/helm/HelmClient';
import { maskSecrets } from '../systems/kubernetes/maskSecrets';
import { isoTime } from './isoTime';

/** Reads the revisions of an instance's release, newest first. */
export async function readHistory(
  helm: Pick<HelmClient, 'history'>,
  { names }: Instance,
  signal: AbortSignal,
): Promise<ReleaseRevision[]> {
  return historyView(
    await helm.history(names.release, names.namespace, signal),
  );
}

/** Neither values nor manifests are among what Helm tells here. */
export function historyView(revisions: HelmRevision[]): ReleaseRevision[] {
  return [...revisions]
    .sort((a, b) => b.revision - a.revision)
    .map(({ revision, status, chart, app_version, updated, description }) => ({
      revision,
      status,
      chart,
      ...(app_version && { appVersion: app_version }),
      at: isoTime(updated),
      // Of a failed one it is the error, which may repeat what was sent.
      description: maskSecrets(description ?? ''),
    }));
}

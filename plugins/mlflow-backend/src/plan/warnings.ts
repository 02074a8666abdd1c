import { InstanceSpec } from 'backstage-plugin-mlflow-common';
import { PlatformConfig } from '../platform/config';
import { releaseOf } from '../releases/releases';
import { WantedAccess } from '../steps/access';

/** What a warning is about, besides the settings. */
export interface WarningFacts {
  /** Nobody asked for the host; it follows from the name. */
  hostDerived: boolean;
  /** The image of the line is not in the registry yet. */
  imageMissing: boolean;
  /** The caller may have it built. */
  mayBuild: boolean;
  access: WantedAccess;
  /** Entity reference of whoever becomes admin. */
  creator: string;
}

/** What one ought to know before a run, one sentence each. */
export function planWarnings(
  spec: InstanceSpec,
  platform: PlatformConfig,
  facts: WarningFacts,
): string[] {
  const { warning } = releaseOf(spec.line);
  return [
    ...(warning ? [warning] : []),
    ...unencrypted(platform),
    ...people(spec, platform, facts),
    ...(spec.defaultPermission === 'MANAGE'
      ? [
          'Everybody who can log in may delete what others made: the default permission is MANAGE.',
        ]
      : []),
    ...(facts.imageMissing ? [missingImage(spec, facts)] : []),
    ...(spec.replicas === 1
      ? [
          'With one replica MLflow is away while its pod moves to another node or starts anew.',
        ]
      : []),
    ...(facts.hostDerived
      ? [`Nobody asked for a host, so it is ${spec.host}.`]
      : []),
  ];
}

function missingImage({ line }: InstanceSpec, { mayBuild }: WarningFacts) {
  const missing = `The image of line ${line} is not in the registry yet.`;
  return mayBuild
    ? `${missing} It is built first, which takes some minutes.`
    : `${missing} You may not have it built, so the run will fail: ask a platform admin first, whose first instance of this line builds it.`;
}

function unencrypted({ ca, keycloak, objectStore, postgres }: PlatformConfig) {
  const urls = (public_: string, inside: string | undefined) =>
    [public_, inside ?? public_].some(url => url.startsWith('http:'));
  const plain = [
    ...(urls(keycloak.url, keycloak.inCluster?.url) ? ['Keycloak'] : []),
    ...(postgres.sslMode === 'disable' ? ['PostgreSQL'] : []),
    ...(urls(objectStore.endpoint, objectStore.inCluster?.endpoint)
      ? ['the object store']
      : []),
  ];
  return [
    ...(plain.length > 0
      ? [
          `This platform reaches ${plain.join(
            ' and ',
          )} without encryption: whoever can listen on its network can read passwords and keys.`,
        ]
      : []),
    ...(ca
      ? []
      : [
          'The platform names no CA of its own, so its systems need certificates of a public one.',
        ]),
  ];
}

function people(
  { owner }: InstanceSpec,
  { keycloak }: PlatformConfig,
  { access, creator }: WarningFacts,
) {
  return [
    ...(access.admins.length > 0
      ? []
      : [
          `${creator} has no account in realm ${keycloak.realm} that the catalog knows, so the instance has no admin at first.`,
        ]),
    ...(access.users.length > 0
      ? []
      : [
          `No member of ${owner} has an account in realm ${keycloak.realm} that the catalog knows, so no user can log in at first.`,
        ]),
  ];
}

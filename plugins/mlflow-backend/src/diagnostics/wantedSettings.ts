import { Facts, known } from './Facts';

/**
 * Plain settings that the release gives the server. What only the chart knows of
 * PostgreSQL is among them where the chart writes it as a setting.
 */
export function wantedSettings({
  instance,
  platform,
  cluster,
}: Facts): Record<string, string> {
  const { extraEnvVars } = instance.release.values({
    instance,
    platform,
    // Neither has a part in the environment.
    image: { repository: '', tag: '' },
    secretsDigest: '',
  });
  const { host, port } = platform.postgres.inCluster ?? platform.postgres;
  const ofChart = {
    PGHOST: host,
    PGPORT: String(port),
    PGDATABASE: instance.names.trackingDatabase,
  };
  const plain = known(cluster)?.settings.plain ?? {};
  return Object.fromEntries(
    [
      ...Object.entries(extraEnvVars ?? {}),
      ...Object.entries(ofChart).filter(([name]) => name in plain),
    ].map(([name, value]) => [name, String(value)]),
  );
}

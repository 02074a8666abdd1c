import { Facts } from './Facts';

/** A value that the server needs from a Secret. */
export interface NeededValue {
  secret: string;
  /** Any of the Secret's, when left out. */
  key?: string;
}

/** Named by a cause of its own. */
export const SECRET_KEY = 'SECRET_KEY';

/** What the server needs from Secrets, by its Deployment and by its line. */
export function neededValues({ instance, observed }: Facts): NeededValue[] {
  const { secrets } = instance.names;
  const [server] = observed.deployment?.spec?.template.spec?.containers ?? [];
  const all: NeededValue[] = [
    ...(server?.envFrom ?? []).flatMap(({ secretRef }) =>
      secretRef?.name && !secretRef.optional
        ? [{ secret: secretRef.name }]
        : [],
    ),
    ...(server?.env ?? []).flatMap(({ valueFrom }) => {
      const { name, key, optional } = valueFrom?.secretKeyRef ?? {};
      return name && !optional ? [{ secret: name, key }] : [];
    }),
    ...['username', 'password'].map(key => ({ secret: secrets.database, key })),
    ...['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'].map(key => ({
      secret: secrets.objectStore,
      key,
    })),
    ...[
      'OIDC_CLIENT_ID',
      'OIDC_CLIENT_SECRET',
      'OIDC_USERS_DB_URI',
      ...Object.keys(instance.release.generatedKeys),
    ]
      .filter(key => key !== SECRET_KEY)
      .map(key => ({ secret: secrets.oidc, key })),
  ];
  return [
    ...new Map(
      all.map(needed => [`${needed.secret}/${needed.key ?? ''}`, needed]),
    ).values(),
  ];
}

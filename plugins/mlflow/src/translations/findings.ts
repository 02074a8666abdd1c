/** Causes that findings may have, as the backend names them. */
export const CAUSES = ['out-of-memory', 'redirect-uri-mismatch'] as const;

/** A cause whose texts may be translated. */
export type KnownCause = (typeof CAUSES)[number];

/** A type alias, for a message may be nested under any key. */
type FindingMessages = {
  readonly title: '{{title}}';
  readonly remedy: '{{remedy}}';
};

const asTheBackendSays: FindingMessages = {
  title: '{{title}}',
  remedy: '{{remedy}}',
};

/** English is what the backend says. */
export const findings: Record<KnownCause, FindingMessages> = {
  'out-of-memory': asTheBackendSays,
  'redirect-uri-mismatch': asTheBackendSays,
};

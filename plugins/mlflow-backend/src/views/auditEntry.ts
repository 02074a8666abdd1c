import { AuditEntry } from 'backstage-plugin-mlflow-common';
import { z } from 'zod';
import { maskSecrets } from '../systems/kubernetes/maskSecrets';

/** Longest detail that is shown, in characters. */
const LONGEST = 500;

/** A line of the logger `mlflow_oidc_auth.audit`. */
const auditLine = z.object({
  timestamp: z.string().datetime({ offset: true }),
  event: z.string().regex(/^[a-z_]+(\.[a-z_]+)+$/),
  actor: z.string().nullish(),
  resource_type: z.string().nullish(),
  resource_id: z.string().nullish(),
  detail: z.record(z.unknown()).nullish(),
  status: z.string(),
});

/** The entry that a line of a server's log is, or undefined. */
export function auditEntry(line: string): AuditEntry | undefined {
  if (!line.startsWith('{')) {
    return undefined;
  }
  const parsed = auditLine.safeParse(parse(line));
  if (!parsed.success) {
    return undefined;
  }
  const {
    timestamp,
    event,
    actor,
    resource_type,
    resource_id,
    detail,
    status,
  } = parsed.data;
  return {
    at: new Date(timestamp).toISOString(),
    event,
    ...(actor && { user: maskSecrets(actor) }),
    detail: pairs({
      ...(resource_type && { [resource_type]: resource_id ?? '' }),
      ...detail,
    }),
    denied: status === 'denied',
  };
}

/** Pairs are masked one by one: a secret is known by its name. */
function pairs(values: Record<string, unknown>): string {
  const text = Object.entries(values)
    .map(([key, value]) => maskSecrets(`${key}=${asText(value)}`))
    .join(' ')
    .replace(/\s+/g, ' ');
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value) ?? '';
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

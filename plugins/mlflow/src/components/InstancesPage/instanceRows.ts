import { InstancePhase, InstanceSummary } from 'backstage-plugin-mlflow-common';

/** What the list is narrowed down to; what is left out is not. */
export interface InstanceFilter {
  text: string;
  phase?: string;
  platform?: string;
  owner?: string;
  attention?: boolean;
}

/** All instances. */
export const NO_FILTER: InstanceFilter = { text: '' };

/** By what the list can be sorted. */
export type SortColumn =
  | 'phase'
  | 'name'
  | 'platform'
  | 'version'
  | 'owner'
  | 'drift'
  | 'findings'
  | 'replicas'
  | 'changed';

/** The gravest first. */
const GRAVITY: Record<InstancePhase, number> = {
  Failed: 0,
  Degraded: 1,
  Unknown: 2,
  Progressing: 3,
  Ready: 4,
};

/** Somebody ought to look at it. */
export const needsAttention = (row: InstanceSummary): boolean =>
  GRAVITY[row.phase] < GRAVITY.Progressing ||
  row.findings > 0 ||
  row.drifted === true ||
  row.versions.warning !== undefined;

/** The instances that pass a filter. */
export function filterInstances(
  rows: InstanceSummary[],
  { text, phase, platform, owner, attention }: InstanceFilter,
): InstanceSummary[] {
  const wanted = text.trim().toLowerCase();
  return rows.filter(
    row =>
      (!phase || row.phase === phase) &&
      (!platform || row.platform === platform) &&
      (!owner || row.owner === owner) &&
      (!attention || needsAttention(row)) &&
      (!wanted ||
        [row.name, row.owner, row.platform, row.reason, row.message].some(
          value => value.toLowerCase().includes(wanted),
        )),
  );
}

const compare = (a: string | number, b: string | number): number =>
  typeof a === 'number' && typeof b === 'number'
    ? a - b
    : String(a).localeCompare(String(b), undefined, { numeric: true });

const KEYS: Record<SortColumn, (row: InstanceSummary) => string | number> = {
  phase: row => GRAVITY[row.phase],
  name: row => row.name,
  platform: row => row.platform,
  version: row => row.versions.mlflow,
  owner: row => row.owner,
  drift: row => (row.drifted ? 0 : 1),
  findings: row => -row.findings,
  replicas: row => row.replicas.ready - row.replicas.wanted,
  changed: row => row.changedAt,
};

/** By one column, and by name within it. */
export function sortInstances(
  rows: InstanceSummary[],
  column: SortColumn,
  descending: boolean,
): InstanceSummary[] {
  const key = KEYS[column];
  const sign = descending ? -1 : 1;
  return [...rows].sort(
    (a, b) =>
      sign * compare(key(a), key(b)) ||
      compare(a.name, b.name) ||
      compare(a.platform, b.platform),
  );
}

/** The values that a list has of something, sorted. */
export const distinct = (
  rows: InstanceSummary[],
  of: (row: InstanceSummary) => string,
): string[] => [...new Set(rows.map(of))].sort();

/** How many instances a platform has, and how many need somebody. */
export interface PlatformCount {
  platform: string;
  total: number;
  attention: number;
  /** ISO 8601; when its cluster was last heard of, where that is not now. */
  silentSince?: string;
}

/** By platform, in the order of their names. */
export function countByPlatform(rows: InstanceSummary[]): PlatformCount[] {
  return distinct(rows, row => row.platform).map(platform => {
    const own = rows.filter(row => row.platform === platform);
    return {
      platform,
      total: own.length,
      attention: own.filter(needsAttention).length,
      silentSince: own.find(({ staleReason }) => staleReason)?.observedAt,
    };
  });
}

import { InstanceSummary } from 'backstage-plugin-mlflow-common';
import { summary } from '../../__testUtils__/summaries';
import {
  countByPlatform,
  filterInstances,
  InstanceFilter,
  needsAttention,
  NO_FILTER,
  SortColumn,
  sortInstances,
} from './instanceRows';

const versions = (mlflow: string, warning?: string) => ({
  line: '3.17',
  mlflow,
  oidcAuth: '11.0.2',
  chart: '1.11.5',
  ...(warning && { warning }),
});

const rows = [
  summary({ name: 'calm' }),
  summary({ name: 'made', phase: 'Progressing', changedAt: '2026-01-02' }),
  summary({
    name: 'broken',
    phase: 'Failed',
    platform: 'west',
    reason: 'PodCrashes',
    findings: 2,
    replicas: { wanted: 2, ready: 0 },
  }),
  summary({ name: 'moved', drifted: true, owner: 'group:default/team-b' }),
  summary({ name: 'old', versions: versions('3.6.0', 'Holes.') }),
];

const names = (list: InstanceSummary[]) => list.map(({ name }) => name);

describe('needsAttention', () => {
  it.each<[Partial<InstanceSummary>, boolean]>([
    [{}, false],
    [{ phase: 'Progressing' }, false],
    [{ drifted: false }, false],
    [{ phase: 'Degraded' }, true],
    [{ phase: 'Failed' }, true],
    [{ phase: 'Unknown' }, true],
    [{ findings: 1 }, true],
    [{ drifted: true }, true],
    [{ versions: versions('3.6.0', 'Holes.') }, true],
  ])('of %j: %s', (change, expected) => {
    expect(needsAttention(summary(change))).toBe(expected);
  });
});

describe('filterInstances', () => {
  it.each<[Partial<InstanceFilter>, string[]]>([
    [{}, ['calm', 'made', 'broken', 'moved', 'old']],
    [{ text: ' PODcra ' }, ['broken']],
    [{ text: 'team-b' }, ['moved']],
    [{ phase: 'Failed' }, ['broken']],
    [{ platform: 'west' }, ['broken']],
    [{ owner: 'group:default/team-b' }, ['moved']],
    [{ attention: true }, ['broken', 'moved', 'old']],
    [{ attention: true, platform: 'sandbox', text: 'o' }, ['moved', 'old']],
    [{ text: 'nothing like it' }, []],
  ])('by %j', (filter, expected) => {
    expect(names(filterInstances(rows, { ...NO_FILTER, ...filter }))).toEqual(
      expected,
    );
  });
});

describe('sortInstances', () => {
  it.each<[SortColumn, boolean, string[]]>([
    ['phase', false, ['broken', 'made', 'calm', 'moved', 'old']],
    ['phase', true, ['calm', 'moved', 'old', 'made', 'broken']],
    ['name', true, ['old', 'moved', 'made', 'calm', 'broken']],
    ['platform', true, ['broken', 'calm', 'made', 'moved', 'old']],
    ['version', false, ['old', 'broken', 'calm', 'made', 'moved']],
    ['owner', true, ['moved', 'broken', 'calm', 'made', 'old']],
    ['drift', false, ['moved', 'broken', 'calm', 'made', 'old']],
    ['findings', false, ['broken', 'calm', 'made', 'moved', 'old']],
    ['replicas', false, ['broken', 'calm', 'made', 'moved', 'old']],
    ['changed', true, ['made', 'broken', 'calm', 'moved', 'old']],
  ])('by %s, descending: %s', (column, descending, expected) => {
    expect(names(sortInstances(rows, column, descending))).toEqual(expected);
  });
});

describe('countByPlatform', () => {
  it('counts all, and those that need somebody', () => {
    expect(countByPlatform(rows)).toEqual([
      { platform: 'sandbox', total: 4, attention: 2 },
      { platform: 'west', total: 1, attention: 1 },
    ]);
  });
});

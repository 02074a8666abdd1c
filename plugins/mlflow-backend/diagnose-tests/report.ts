import type { Outcome } from './Outcomes.ts';

const EVIDENCE = 110;

/** The table of what was tried; faults below the row that they belong to. */
export function table(rows: { cause: string; outcome?: Outcome }[]): string {
  const width = Math.max(5, ...rows.map(({ cause }) => cause.length));
  const lines = rows.flatMap(({ cause, outcome }) => [
    [
      cause.padEnd(width),
      (outcome?.seconds.named.toFixed(1) ?? '-').padStart(7),
      (outcome?.passed ? 'yes' : 'NO').padEnd(5),
      (outcome?.evidence[0] ?? '').slice(0, EVIDENCE),
    ].join(' | '),
    ...(outcome?.faults ?? []).map(fault => `    ${fault}`),
  ]);
  const head = ['cause'.padEnd(width), 'seconds', 'found', 'evidence'];
  return [head.join(' | '), ...lines, ''].join('\n');
}

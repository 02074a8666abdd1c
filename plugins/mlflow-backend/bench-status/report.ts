import type { Scale, StatusBench } from './benchStatus.ts';
import type { Views } from './measure.ts';

const cell = (value: number | string) => String(value).padStart(10);

const line = (what: string, values: (number | string)[]) =>
  `${what.padEnd(40)}${values.map(cell).join('')}`;

/** Readable form of the result: one column for each number of instances. */
export function table(result: StatusBench): string {
  const scales: Scale[] = [result.smaller, result];
  const row = (what: string, of: (scale: Scale) => number | string) =>
    line(what, scales.map(of));
  const views = (what: string, of: (scale: Scale) => Views) => [
    row(`${what}: p50 ms`, scale => of(scale).p50Ms),
    row(`${what}: p95 ms`, scale => of(scale).p95Ms),
    row(`${what}: CPU ms a view`, scale => of(scale).cpuMsPerView),
    row(`${what}: failed`, scale => of(scale).failed),
    row(
      `${what}: requests to the API server a view`,
      scale => of(scale).apiServerRequestsPerView,
    ),
  ];
  return [
    row('instances', scale => scale.instances),
    row('load average of the machine', scale => scale.load.toFixed(1)),
    ...views('status', scale => scale.status),
    ...views('workload', scale => scale.workload),
    ...views('list', scale => scale.list),
    ...views('plain status', scale => scale.plain),
    row('watch: MB of heap', scale => scale.watchCacheMb),
    row('watch: seconds until all is known', s => s.listToReadySeconds),
    row('watch: requests until then', scale => scale.requestsToReady),
    row('portal: MB in memory', scale => scale.portalMb),
    '',
  ].join('\n');
}

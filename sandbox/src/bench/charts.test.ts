import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resolvePaths } from '../paths.ts';
import { chartFile, putChartsBack, useCharts } from './charts.ts';

describe('charts of a bench', () => {
  const home = mkdtempSync(join(tmpdir(), 'bench-charts-'));
  const paths = resolvePaths({ HOME: home }, home);
  const other = join(home, 'other');
  const current = () => readFileSync(chartFile(paths, '1.11.5'), 'utf8');

  beforeEach(() => {
    mkdirSync(paths.charts, { recursive: true });
    mkdirSync(other, { recursive: true });
    writeFileSync(chartFile(paths, '1.11.5'), 'own');
    writeFileSync(join(other, 'mlflow-1.11.5.tgz'), 'community');
  });
  afterAll(() => rmSync(home, { recursive: true }));

  it('are those of the folder, and then the own ones again', () => {
    useCharts(paths, other, '1.11.5');
    expect(current()).toBe('community');
    putChartsBack(paths);
    expect(current()).toBe('own');
  });

  it('stay as they are when there is nothing to put back', () => {
    putChartsBack(paths);
    expect(current()).toBe('own');
  });

  it('are put back once, not over later ones', () => {
    useCharts(paths, other, '1.11.5');
    putChartsBack(paths);
    writeFileSync(chartFile(paths, '1.11.5'), 'newer');
    putChartsBack(paths);
    expect(current()).toBe('newer');
  });

  it('names the chart that the folder lacks', () => {
    expect(() => useCharts(paths, other, '1.8.0')).toThrow('mlflow-1.8.0.tgz');
    expect(current()).toBe('own');
  });
});

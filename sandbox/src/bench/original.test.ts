import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readLaps } from './original.ts';

const folder = join(__dirname, '../../files/original');
const script = readFileSync(join(folder, 'install.sh'), 'utf8');

describe('the original', () => {
  it('tells the seconds of each step', () => {
    expect(readLaps('0.210\tnamespace\n38.720\thelm upgrade\n')).toEqual({
      namespace: 0.21,
      'helm upgrade': 38.72,
    });
  });

  it('names each of its steps once, since they are keys', () => {
    const steps = [...script.matchAll(/^lap '(.+)'$/gm)].map(
      ([, step]) => step,
    );
    expect(steps.length).toBeGreaterThan(15);
    expect(new Set(steps).size).toBe(steps.length);
  });

  it.each(['3.17', '3.6'])('keeps the probes of the chart in line %s', line => {
    const values = readFileSync(join(folder, `values-${line}.yaml`), 'utf8');
    expect(values).not.toMatch(/readinessProbe|livenessProbe/);
  });
});

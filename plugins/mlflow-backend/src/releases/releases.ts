import { Line } from 'backstage-plugin-mlflow-common';
import { line317 } from './line317';
import { line36 } from './line36';
import { Release } from './Release';

/** All version lines, by name. */
export const releases: Record<Line, Release> = {
  '3.17': line317,
  '3.6': line36,
};

/** The release of a line. */
export function releaseOf(line: Line): Release {
  return releases[line];
}

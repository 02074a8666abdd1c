import { Line, LINES } from 'backstage-plugin-mlflow-common';
import { PlatformConfig } from '../platform/config';
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

/**
 * Whether a platform lets people choose a release: one with known security
 * holes only where app-config allows that.
 */
export function isOffered(
  { warning }: Release,
  { allowInsecureLines }: Pick<PlatformConfig, 'allowInsecureLines'>,
): boolean {
  return !warning || allowInsecureLines;
}

/** The releases that a platform lets people choose, in the order of the lines. */
export function offeredReleases(
  platform: Pick<PlatformConfig, 'allowInsecureLines'>,
): Release[] {
  return LINES.map(releaseOf).filter(release => isOffered(release, platform));
}

/** What the names of all metrics of this backend begin with. */
export const METRIC_PREFIX = 'backstage.plugin.mlflow';

/** Unit and buckets of durations that may be a blink or several minutes. */
export const SECONDS = {
  unit: 's',
  advice: {
    explicitBucketBoundaries: [
      0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600,
    ],
  },
};

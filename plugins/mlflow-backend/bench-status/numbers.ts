export const round = (value: number): number => Math.round(value * 100) / 100;

export const megabytes = (bytes: number): number =>
  Math.round(bytes / 1024 / 102.4) / 10;

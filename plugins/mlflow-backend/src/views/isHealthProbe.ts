/**
 * Whether a line tells no more than that a probe of the server's health went
 * well. Kubernetes asks once a second, which drowns all else.
 */
export function isHealthProbe(line: string): boolean {
  return /"GET \/health(?:\/\w+)? HTTP\/[\d.]+" 200\b/.test(line);
}

/**
 * Causes that the harness does not bring about, and why. Whatever of the
 * catalogue stands neither here nor among the provocations is a failure.
 */
export const UNPROVOKED: Record<string, string> = {};

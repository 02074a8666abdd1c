/**
 * What both halves of the MLflow plugin share: the instance, its names, its
 * status and the permissions. Runs in the browser and in Node.js.
 *
 * @packageDocumentation
 */
export * from './annotations';
export * from './groups';
export * from './health';
export * from './instance';
export * from './names';
export * from './permissions';
export * from './plan';
export * from './rest';
export * from './signals';
export * from './status';
export * from './validation';
export * from './views';
export * from './unfinished';

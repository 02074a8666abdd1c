import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { ConfigReader } from '@backstage/config';
import { JsonObject, JsonValue } from '@backstage/types';
import { parse } from 'yaml';
import { PlatformConfig, readPlatformConfigs } from '../platform/config';

/** Where the sandbox keeps its config, its users and its keys. */
export function sandboxStateFolder(): string {
  return path.join(
    process.env.XDG_STATE_HOME ?? path.join(homedir(), '.local', 'state'),
    'backstage-mlflow-sandbox',
  );
}

/** Where the sandbox writes the app-config that names its systems. */
function sandboxConfigPath(): string {
  return (
    process.env.MLFLOW_TEST_CONFIG ??
    path.join(sandboxStateFolder(), 'app-config.sandbox.yaml')
  );
}

/**
 * The platform that integration tests run against: the sandbox's, or that of
 * the app-config named by `MLFLOW_TEST_CONFIG`.
 *
 * @throws Error when no sandbox is up
 */
export function sandboxPlatformConfig(): PlatformConfig {
  const file = sandboxConfigPath();
  const [result] = readPlatformConfigs(new ConfigReader(readConfig(file)));
  if (!result) {
    throw new Error(`${file} names no platform: run ./yarnw sandbox up again.`);
  }
  if ('error' in result) {
    throw new Error(`${file}: ${result.error.message}`);
  }
  return result.config;
}

function readConfig(file: string): JsonObject {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(
      `No sandbox is up (${file} cannot be read): run ./yarnw sandbox up first.`,
      { cause: error },
    );
  }
  const config = withIncludes(parse(text), path.dirname(file));
  if (!config || typeof config !== 'object' || Array.isArray(config)) {
    throw new Error(`${file} is no app-config.`);
  }
  return config;
}

/** Puts the content of a file where `{ $file: path }` stands. */
function withIncludes(value: JsonValue | undefined, folder: string): JsonValue {
  if (Array.isArray(value)) {
    return value.map(item => withIncludes(item, folder));
  }
  if (!value || typeof value !== 'object') {
    return value ?? null;
  }
  if (typeof value.$file === 'string') {
    return readFileSync(path.resolve(folder, value.$file), 'utf8').trim();
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      withIncludes(item, folder),
    ]),
  );
}

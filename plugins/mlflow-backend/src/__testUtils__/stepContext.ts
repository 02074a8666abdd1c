import { LoggerService } from '@backstage/backend-plugin-api';
import { createPlatform, Platform } from '../platform/Platform';
import { runStep } from '../steps/runStep';
import { Change, Instance, Step, StepContext } from '../steps/Step';
import { sandboxPlatformConfig } from './sandbox';

/** A context whose lines of progress can be read afterwards. */
export interface TestContext extends StepContext {
  lines: string[];
}

/** Says nothing. */
export const SILENT: LoggerService = {
  error: () => undefined,
  warn: () => undefined,
  info: () => undefined,
  debug: () => undefined,
  child: () => SILENT,
};

/** The sandbox's platform; close it when done. */
export function sandboxPlatform(): Platform {
  return createPlatform(sandboxPlatformConfig(), { logger: SILENT });
}

/** What a step gets when it runs for an instance. */
export function contextOf(instance: Instance, platform: Platform): TestContext {
  const lines: string[] = [];
  return {
    instance,
    platform,
    signal: AbortSignal.timeout(60_000),
    log: line => lines.push(line),
    lines,
  };
}

/** Runs a step and gives what it did, for example `['create', 'keep']`. */
export async function actionsOf<Observed>(
  step: Step<Observed>,
  ctx: StepContext,
): Promise<Change['action'][]> {
  const changes = await runStep(step, ctx);
  return changes.map(({ action }) => action);
}

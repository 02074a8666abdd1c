import { mockServices } from '@backstage/backend-test-utils';
import { claimInstance } from './instances/claimInstance';
import { specFromInput } from './instances/specFromInput';
import { toInstance } from './instances/toInstance';
import { createPlatform } from './platform/Platform';
import { checkPlatform } from './platform/checkPlatform';
import { bucketStep } from './steps/bucket';
import { databaseStep } from './steps/database';
import { identityStep } from './steps/identity';
import { imageStep } from './steps/image';
import { migrationStep } from './steps/migration';
import { namespaceStep } from './steps/namespace';
import { releaseStep } from './steps/release';
import { runStep } from './steps/runStep';
import { verificationStep } from './steps/verification';
import { sandboxPlatformConfig } from './testing/sandbox';

jest.setTimeout(600_000);
it('chain', async () => {
  const config = sandboxPlatformConfig();
  const platform = createPlatform(config, { logger: mockServices.logger.mock() });
  const signal = AbortSignal.timeout(590_000);
  const name = process.env.NAME ?? 'chain';
  const line = process.env.LINE ?? '3.17';
  const out: string[] = [];
  const say = (m: string) => { out.push(m); process.stderr.write(`${new Date().toISOString().slice(14, 23)} ${m}\n`); };
  if (process.env.CHECK) say(JSON.stringify(await checkPlatform(platform, signal), null, 1));
  const spec = { ...specFromInput({ name, owner: 'group:default/team-a', line }, config) };
  const record = await claimInstance(platform, { spec, user: 'user:default/owner', taskId: 't', changeHint: '' }, signal);
  const instance = toInstance(record);
  const ctx = { instance, platform, signal, log: say };
  const steps: any[] = [imageStep, namespaceStep, databaseStep, bucketStep, identityStep, migrationStep, releaseStep, verificationStep];
  try {
    if (!process.env.REMOVE) {
      for (const step of steps) {
        const t = Date.now();
        say(`--- ${step.name}`);
        await runStep(step, ctx);
        say(`--- ${step.name} ${(Date.now() - t) / 1000}`);
      }
    } else {
      for (const step of steps.reverse()) say(JSON.stringify(await step.remove(ctx, { data: 'delete' })));
      await platform.records.remove(name, record.id, signal);
    }
  } catch (e) { say(String((e as any).stack)); throw e; } finally { await platform.close(); }
});

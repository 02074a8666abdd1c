import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sweepHelmHomes, withHelmHome } from './helmHome';

describe('the folder of a helm command', () => {
  let parent: string;

  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'helm-home-test-'));
  });

  afterEach(async () => {
    await rm(parent, { recursive: true });
  });

  it('is there for the command, and goes with it', async () => {
    await withHelmHome(async home => {
      await writeFile(join(home, 'kubeconfig'), 'x');
      expect(await readdir(parent)).toHaveLength(1);
    }, parent);
    await expect(
      withHelmHome(async () => {
        throw new Error('helm failed');
      }, parent),
    ).rejects.toThrow('helm failed');
    expect(await readdir(parent)).toEqual([]);
  });

  it('that was left behind goes later, one in use and those of others stay', async () => {
    const made = () => mkdtemp(join(parent, 'backstage-mlflow-helm-'));
    await writeFile(join(await made(), 'kubeconfig'), 'x');
    await mkdtemp(join(parent, 'other-'));

    await sweepHelmHomes(parent);
    expect(await readdir(parent)).toHaveLength(2);
    await sweepHelmHomes(parent, Date.now() + 11 * 60_000);
    expect(await readdir(parent)).toEqual([expect.stringMatching(/^other-/)]);
  });
});

import { historyView } from './history';

describe('historyView', () => {
  it('puts the newest first', () => {
    const install = {
      revision: 1,
      updated: '2026-01-02T03:04:05.754311935Z',
      status: 'superseded',
      chart: 'mlflow-1.11.4',
      app_version: '3.17.1',
      description: 'Install complete',
    };
    const upgrade = { ...install, revision: 2, status: 'deployed' };
    expect(historyView([install, upgrade])).toMatchObject([
      { revision: 2, status: 'deployed' },
      {
        revision: 1,
        status: 'superseded',
        chart: 'mlflow-1.11.4',
        appVersion: '3.17.1',
        at: '2026-01-02T03:04:05.754Z',
        description: 'Install complete',
      },
    ]);
  });

  it('repeats no secret of an error', () => {
    const [shown] = historyView([
      {
        revision: 1,
        updated: '2026-01-02T03:04:05Z',
        status: 'failed',
        chart: 'mlflow-1.11.5',
        description: 'Release "x" failed: password: hidden',
      },
    ]);
    expect(shown.description).toBe('Release "x" failed: password: ***');
    expect(shown.appVersion).toBeUndefined();
  });
});

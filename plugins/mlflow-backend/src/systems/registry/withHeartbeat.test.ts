import { withHeartbeat } from './withHeartbeat';

describe('withHeartbeat', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('speaks after 15 seconds of silence only, and stops at the end', async () => {
    const lines: string[] = [];
    const running = withHeartbeat(
      line => lines.push(line),
      'still building',
      async log => {
        await jest.advanceTimersByTimeAsync(14_000);
        log('Step 1/2');
        await jest.advanceTimersByTimeAsync(14_000);
        expect(lines).toEqual(['Step 1/2']);
        await jest.advanceTimersByTimeAsync(2_000);
        return 'done';
      },
    );
    await expect(running).resolves.toBe('done');
    expect(lines).toEqual(['Step 1/2', 'Docker: still building (29 s)']);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('stops when what it watches fails', async () => {
    const failing = withHeartbeat(
      () => {},
      'x',
      Promise.reject(new Error('no')),
    );
    await expect(failing).rejects.toThrow('no');
    expect(jest.getTimerCount()).toBe(0);
  });
});

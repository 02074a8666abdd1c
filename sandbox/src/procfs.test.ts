import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  identify,
  isAlive,
  listeners,
  mountsBelow,
  markedProcesses,
  parseStat,
} from './procfs.ts';

describe('parseStat', () => {
  it('reads past a name with spaces and brackets', () => {
    const rest = Array.from({ length: 40 }, (_, index) =>
      String(index + 4),
    ).join(' ');
    expect(parseStat(`12 (a) b (c) S 1 2 3 ${rest}`)).toEqual({
      state: 'S',
      startTicks: '19',
    });
  });
});

describe('isAlive', () => {
  const known = { pid: 7, startTicks: '100', bootId: 'x' };

  it.each([
    ['the same process', { ...known }, true],
    [
      'a process that got the pid later',
      { ...known, startTicks: '101' },
      false,
    ],
    ['the same numbers after a reboot', { ...known, bootId: 'y' }, false],
    ['another pid', { ...known, pid: 8 }, false],
  ])('%s', (_, now, expected) => {
    expect(isAlive(known, now)).toBe(expected);
  });

  it('sees the end of a real process', async () => {
    const child = spawn('sleep', ['60']);
    await once(child, 'spawn');
    const identity = identify(child.pid ?? -1);
    expect(identity && isAlive(identity)).toBe(true);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(identity && isAlive(identity)).toBe(false);
  });
});

describe('markedProcesses', () => {
  it('finds a process and the child of a killed one by what stands in their environment', async () => {
    const value = `test-${process.pid}`;
    const leader = spawn('sh', ['-c', 'sleep 60 & echo $!; wait'], {
      env: { ...process.env, SANDBOX_TEST: value },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [line] = await once(leader.stdout, 'data');
    const pids = () =>
      markedProcesses(`SANDBOX_TEST=${value}`).map(({ pid }) => pid);
    expect(pids()).toContain(leader.pid);
    leader.kill('SIGKILL');
    await once(leader, 'exit');
    expect(pids()).toEqual([Number(String(line))]);
    expect(markedProcesses(`SANDBOX_TEST=${value}x`)).toEqual([]);
    process.kill(Number(String(line)), 'SIGKILL');
  });
});

describe('mountsBelow', () => {
  it('lists the newest first, with escapes undone, and no sibling with the same beginning', () => {
    const mounts = [
      'tmpfs /s/run tmpfs rw 0 0',
      'shm /s/run/a\\040b tmpfs rw 0 0',
      'x /s/running y rw 0 0',
      '',
    ].join('\n');
    expect(mountsBelow('/s/run', mounts)).toEqual(['/s/run/a b', '/s/run']);
  });
});

describe('listeners', () => {
  it('reads listening sockets only', () => {
    const table = [
      '  sl  local_address rem_address   st',
      '   0: 0100007F:01BB 00000000:0000 0A 0',
      '   1: 0100F40A:1538 0100F40A:9999 01 0',
    ].join('\n');
    expect(listeners(table)).toEqual(['127.0.0.1:443']);
  });
});

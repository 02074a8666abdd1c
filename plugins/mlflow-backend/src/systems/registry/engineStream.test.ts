import { Readable } from 'node:stream';
import { followEngine } from './engineStream';

const said = (...messages: object[]) =>
  Readable.from(messages.map(message => `${JSON.stringify(message)}\r\n`));

const follow = async (
  stream: Readable,
  signal = new AbortController().signal,
) => {
  const lines: string[] = [];
  const built = await followEngine(stream, line => lines.push(line), signal);
  return { lines, built };
};

describe('followEngine', () => {
  it('passes on what a person wants to read, and the id of the image', async () => {
    const { lines, built } = await follow(
      said(
        { stream: 'Step 1/2 : FROM x\n' },
        { stream: ' ---> 0123456789ab\n' },
        { stream: '\u001b[91mpip check:\u001b[0m\nNo broken\r\n' },
        { stream: 'Removing intermediate container 0123456789ab\n' },
        { status: 'Pushing', id: 'layer', progress: '[==>  ]' },
        { status: 'The push refers to x' },
        { aux: { ID: 'sha256:1' } },
      ),
    );
    expect(lines).toEqual([
      'Step 1/2 : FROM x',
      'pip check:',
      'No broken',
      'The push refers to x',
    ]);
    expect(built).toBe('sha256:1');
  });

  it('fails in the words of the engine', async () => {
    const failing = said(
      { stream: 'Step 1/1 : RUN false\n' },
      { errorDetail: { code: 1 }, error: 'The command returned 1\n' },
    );
    await expect(follow(failing)).rejects.toThrow(/^The command returned 1$/);
  });

  it('ends with the reason of the abort while the engine is silent', async () => {
    const silent = new Readable({ read() {} });
    const abort = new AbortController();
    const following = follow(silent, abort.signal);
    abort.abort(new Error('cancelled by a person'));
    await expect(following).rejects.toThrow('cancelled by a person');
    expect(silent.destroyed).toBe(true);
  });

  it('cuts very long lines', async () => {
    const { lines } = await follow(said({ stream: 'x'.repeat(2000) }));
    expect(lines).toEqual(['x'.repeat(500)]);
  });
});

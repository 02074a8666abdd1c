import { MlflowAnswer } from '../../systems/mlflow/MlflowClient';
import { hop } from './hop';

const { signal } = new AbortController();

const answer = (changes: Partial<MlflowAnswer>): MlflowAnswer => ({
  status: 302,
  contentType: 'text/html',
  text: '',
  ...changes,
});

describe('hop', () => {
  it('tells the answer without what could let somebody in', async () => {
    const location = 'https://a.example.com/callback?code=c0de&state=st4te&x=1';
    const told = await hop(signal, async () =>
      answer({ location, text: `Bearer abc.def\n${'x'.repeat(9_000)}` }),
    );
    expect(told.answer?.location).toBe(location);
    expect(told.hop).toEqual({
      status: 302,
      contentType: 'text/html',
      location: 'https://a.example.com/callback?code=***&state=***&x=1',
      text: expect.stringMatching(/^Bearer \*\*\*\nx+$/),
    });
    expect('text' in told.hop && told.hop.text.length).toBeLessThanOrEqual(
      2_000,
    );
  });

  it('tells why there was none', async () => {
    const told = await hop(signal, async () => {
      throw new Error('refused for token=abc');
    });
    expect(told).toEqual({ hop: { failure: 'refused for token=***' } });
  });

  it('waits five seconds and no longer', async () => {
    const began = Date.now();
    const told = await hop(
      signal,
      bounded =>
        new Promise((_, reject) => {
          bounded.addEventListener('abort', () => reject(bounded.reason));
        }),
    );
    expect(told).toEqual({
      hop: { failure: 'No answer within 5 s.', timedOut: true },
    });
    expect(Date.now() - began).toBeGreaterThanOrEqual(4_990);
  });

  it('ends with whoever asked', async () => {
    const over = AbortSignal.abort(new Error('over'));
    await expect(
      hop(over, async bounded => {
        bounded.throwIfAborted();
        return answer({});
      }),
    ).rejects.toThrow('over');
  });
});

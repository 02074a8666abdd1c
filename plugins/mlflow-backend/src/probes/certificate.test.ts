import { sandboxPlatformConfig } from '../__testUtils__/sandbox';
import { askCertificate } from './certificate';

const { ca, keycloak } = sandboxPlatformConfig();
const { hostname } = new URL(keycloak.url);
const signal = AbortSignal.timeout(30_000);

describe('askCertificate', () => {
  it("accepts one of the platform's CA, and says until when it holds", async () => {
    const found = await askCertificate(hostname, ca, signal);
    expect(found).toEqual({
      subject: expect.stringMatching(/./),
      issuer: expect.stringMatching(/./),
      validTo: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    });
    expect(Date.parse(found.validTo)).toBeGreaterThan(Date.now());
  });

  it('tells why one is refused whose CA nobody knows', async () => {
    expect(await askCertificate(hostname, undefined, signal)).toMatchObject({
      refused: expect.stringMatching(/^(UNABLE_TO|SELF_SIGNED)/),
    });
  });

  it('tells that one is for another name', async () => {
    expect(await askCertificate('a.b.localhost', ca, signal)).toMatchObject({
      refused: 'ERR_TLS_CERT_ALTNAME_INVALID',
    });
  });

  it('has nothing to tell where nobody answers, or nobody waits', async () => {
    await expect(askCertificate(hostname, ca, signal, 1)).rejects.toMatchObject(
      { code: 'ECONNREFUSED' },
    );
    const over = AbortSignal.abort(new Error('over'));
    await expect(askCertificate(hostname, ca, over)).rejects.toThrow('over');
  });
});

import { maskSecrets } from './podLog';

describe('maskSecrets', () => {
  it.each([
    [
      'GET /callback?code=abc.def-1&state=xyz HTTP',
      'GET /callback?code=***&state=*** HTTP',
    ],
    [
      'Authorization: Bearer eyJhbGciOi.eyJzdWIi.sig',
      'Authorization: Bearer ***',
    ],
    ['token eyJhbGciOi.eyJzdWIi.sig end', 'token *** end'],
    [
      'postgresql+psycopg2://u:p%40ss@db:5432/x',
      'postgresql+psycopg2://u:***@db:5432/x',
    ],
    ['made mlf_1234_secret', 'made mlf_***'],
    ['Cookie: session=1; b=2', 'Cookie: ***'],
    ['nothing to hide: code 3', 'nothing to hide: code 3'],
  ])('%s', (line, masked) => expect(maskSecrets(line)).toBe(masked));
});

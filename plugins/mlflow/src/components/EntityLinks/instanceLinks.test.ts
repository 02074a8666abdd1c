import { instanceLinks } from './instanceLinks';

describe('instanceLinks', () => {
  it.each([
    ['no links', undefined, {}],
    ['foreign links', [{ url: 'https://docs.example.com/' }], {}],
    [
      'both links, whatever they are called',
      [
        { url: 'https://docs.example.com/', title: 'MLflow' },
        { url: 'https://m.example.com/', title: 'A' },
        { url: 'https://m.example.com/oidc/ui/', title: 'B' },
      ],
      {
        mlflow: 'https://m.example.com/',
        permissions: 'https://m.example.com/oidc/ui/',
      },
    ],
    [
      'what no browser opens as a page',
      [{ url: 'ftp://m.example.com/oidc/ui/' }],
      {},
    ],
    ['no address at all', [{ url: 'oidc/ui/' }, { title: 'MLflow' }], {}],
  ])('finds the pages in %s', (_title, links, found) => {
    expect(instanceLinks(links)).toEqual(found);
  });
});

import { ClientState } from '../systems/keycloak/clients';
import { testInstance } from '../__testUtils__/instance';
import { clientDifferences } from './identityDifferences';
import { wantedClients } from './identityWanted';

const instance = testInstance({ name: 'x', host: 'new.example.com' });
const wanted = wantedClients(instance).login;

const found = (change: Partial<ClientState>): ClientState => ({
  ...wanted.fields,
  id: '1',
  mark: instance.mark,
  attributes: wanted.attributes,
  defaultScopes: wanted.defaultScopes,
  optionalScopes: [],
  mappers: [],
  ...change,
});

describe('clientDifferences', () => {
  it('leaves redirect URIs alone that somebody added', () => {
    const { reasons } = clientDifferences(
      found({
        redirectUris: [
          'http://localhost:8080/callback',
          'https://new.example.com/callback',
        ],
      }),
      wanted,
    );

    expect(reasons).toEqual([]);
  });

  it('takes only our own redirect URI along when the host changes', () => {
    const { input } = clientDifferences(
      found({
        attributes: { ...wanted.attributes, 'mlflow.host': 'old.example.com' },
        redirectUris: [
          'https://old.example.com/callback',
          'http://localhost:8080/callback',
        ],
      }),
      wanted,
    );

    expect(input.redirectUris).toEqual([
      'http://localhost:8080/callback',
      'https://new.example.com/callback',
    ]);
  });

  it('asks for no code challenge on line 3.6, and takes one away', () => {
    const old = wantedClients(testInstance({ name: 'x', line: '3.6' })).login;

    expect(clientDifferences(found({}), old).input.attributes).toMatchObject({
      'pkce.code.challenge.method': '',
    });
  });

  it.each(['included.client.audience', 'included.custom.audience'])(
    'takes a mapper of %s away that lets in who is no member',
    key => {
      const mapper = {
        id: 'm',
        name: 'by-hand',
        type: 'oidc-audience-mapper',
        config: { [key]: 'mlflow-x' },
      };
      const other = { ...mapper, config: { [key]: 'elsewhere' } };

      expect(
        clientDifferences(found({ mappers: [mapper, other] }), wanted),
      ).toMatchObject({
        refusedMappers: [mapper],
        reasons: ['mapper by-hand lets in who is no member'],
      });
    },
  );

  it('leaves attributes, scopes and mappers of others alone', () => {
    const { reasons } = clientDifferences(
      found({
        attributes: { ...wanted.attributes, login_theme: 'corporate' },
        defaultScopes: [...wanted.defaultScopes, 'phone'],
        mappers: [
          {
            name: 'department',
            type: 'oidc-usermodel-attribute-mapper',
            config: {},
          },
        ],
      }),
      wanted,
    );

    expect(reasons).toEqual([]);
  });
});

import { databaseUri } from './databaseUri';

const address = {
  user: 'mlflow_x',
  password: 'ml-Pw_a@7/x%',
  host: 'pg.svc',
  port: 5432,
  database: 'mlflow_x_auth',
};

describe('databaseUri', () => {
  it('names the driver and escapes what a URI cannot hold', () => {
    expect(databaseUri(address)).toBe(
      'postgresql+psycopg2://mlflow_x:ml-Pw_a%407%2Fx%25@pg.svc:5432/mlflow_x_auth?sslmode=disable',
    );
  });

  it('asks for a verified certificate where there is a CA', () => {
    const uri = new URL(
      databaseUri({ ...address, caPath: '/etc/platform-ca/ca.crt' }),
    );

    expect(Object.fromEntries(uri.searchParams)).toEqual({
      sslmode: 'verify-full',
      sslrootcert: '/etc/platform-ca/ca.crt',
    });
    expect(decodeURIComponent(uri.password)).toBe(address.password);
  });
});

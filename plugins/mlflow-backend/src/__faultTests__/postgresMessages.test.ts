import {
  beginsTransaction,
  MessageReader,
  postgresMutation,
  refusal,
  SSL_REQUEST,
  sslRequest,
} from '../../fault-tests/proxies/postgresMessages.ts';

/** A message as a client sends it, its type first. */
function packet(type: string, body: string): Buffer {
  const bytes = Buffer.from(`${type}1234${body}`);
  bytes.writeInt32BE(bytes.length - 1, 1);
  return bytes;
}

const query = (sql: string) => packet('Q', `${sql}\0`);
const parsed = (name: string, sql: string) =>
  packet('P', `${name}\0${sql}\0\0\0`);
const read = (...chunks: Buffer[]) => {
  const reader = new MessageReader({ untypedFirst: false });
  return chunks.flatMap(chunk => reader.push(chunk));
};
const mutationOf = (bytes: Buffer) => postgresMutation(read(bytes)[0]);

describe('MessageReader', () => {
  const stream = Buffer.concat([query('SELECT 1'), query('COMMIT')]);

  it.each([1, 3, 5, 100])('cuts a stream that comes by %i bytes', size => {
    const chunks: Buffer[] = [];
    for (let at = 0; at < stream.length; at += size) {
      chunks.push(stream.subarray(at, at + size));
    }
    const messages = read(...chunks);
    expect(messages.map(({ type }) => type)).toEqual(['Q', 'Q']);
    expect(Buffer.concat(messages.map(({ bytes }) => bytes))).toEqual(stream);
  });

  it("takes a client's first message, which has no type", () => {
    const reader = new MessageReader({ untypedFirst: true });
    const [first, second] = reader.push(
      Buffer.concat([sslRequest(), query('SELECT 1')]),
    );
    expect(first.type).toBe('');
    expect(first.bytes.readInt32BE(4)).toBe(SSL_REQUEST);
    expect(second.type).toBe('Q');
  });
});

describe('postgresMutation', () => {
  it.each([
    ['CREATE DATABASE "a"', 'CREATE DATABASE "a"'],
    ['  alter  role\n "a" LOGIN', 'alter role "a" LOGIN'],
    ['COMMIT', 'COMMIT'],
    [
      "ALTER ROLE \"a\" PASSWORD 'SCRAM-SHA-256$it''s' LOGIN",
      'ALTER ROLE "a" PASSWORD \'…\' LOGIN',
    ],
  ])('names %j, without what it holds', (sql, what) => {
    expect(mutationOf(query(sql))).toEqual({ system: 'postgres', what });
  });

  it('reads a statement that is prepared', () => {
    expect(mutationOf(parsed('s1', 'DROP ROLE "a"'))?.what).toBe(
      'DROP ROLE "a"',
    );
  });

  it.each([
    query('SELECT 1'),
    query('BEGIN'),
    query('SHOW server_version'),
    packet('B', 'CREATE\0'),
  ])('does not count %s', bytes => {
    expect(mutationOf(bytes)).toBeUndefined();
  });
});

it('sees where a transaction begins', () => {
  expect(beginsTransaction(read(query(' begin'))[0])).toBe(true);
  expect(beginsTransaction(read(query('COMMIT'))[0])).toBe(false);
});

it.each([
  [true, 'E'],
  [false, 'I'],
])('refuses as the server does, within a transaction: %s', (within, status) => {
  const [error, ready] = read(refusal(within));
  expect(error.type).toBe('E');
  expect(error.bytes.toString()).toContain('Mrefused by the fault harness\0');
  expect(ready.type).toBe('Z');
  expect(ready.bytes.toString('latin1', 5)).toBe(status);
});

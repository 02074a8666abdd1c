import type { Mutation } from './Recorder.ts';

/** Code of the request for TLS, in the place of a protocol version. */
export const SSL_REQUEST = 80877103;

/** The request for TLS: a length and a code. */
export function sslRequest(): Buffer {
  const packet = Buffer.alloc(8);
  packet.writeInt32BE(8, 0);
  packet.writeInt32BE(SSL_REQUEST, 4);
  return packet;
}

/** One message of the protocol: its type and its bytes, header and all. */
export interface Message {
  /** Empty for the first one of a client, which has none. */
  type: string;
  bytes: Buffer;
}

/** Cuts a stream into messages. */
export class MessageReader {
  #rest: Buffer = Buffer.alloc(0);
  #untyped: boolean;

  /** @param options - `untypedFirst`: a client's first message has no type */
  constructor(options: { untypedFirst: boolean }) {
    this.#untyped = options.untypedFirst;
  }

  push(chunk: Buffer): Message[] {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    const messages: Message[] = [];
    for (;;) {
      const header = this.#untyped ? 0 : 1;
      if (this.#rest.length < header + 4) return messages;
      const length = header + this.#rest.readInt32BE(header);
      if (this.#rest.length < length) return messages;
      messages.push({
        type: this.#untyped ? '' : String.fromCharCode(this.#rest[0]),
        bytes: this.#rest.subarray(0, length),
      });
      this.#rest = this.#rest.subarray(length);
      this.#untyped = false;
    }
  }
}

/** The SQL of a simple query or of a statement to be prepared. */
function sqlOf({ type, bytes }: Message): string | undefined {
  const text = (from: number) =>
    bytes.toString('utf8', from, bytes.indexOf(0, from));
  if (type === 'Q') return text(5);
  if (type === 'P') return text(bytes.indexOf(0, 5) + 1);
  return undefined;
}

/** Whether a message opens a transaction. */
export const beginsTransaction = (message: Message) =>
  /^\s*BEGIN\b/i.test(sqlOf(message) ?? '');

const CHANGES =
  /^(CREATE|ALTER|DROP|GRANT|REVOKE|COMMENT|INSERT|UPDATE|DELETE|TRUNCATE|REASSIGN|COMMIT)\b/i;

/** What a client's message changes; no literal of it is kept, since it may be a verifier. */
export function postgresMutation(message: Message): Mutation | undefined {
  const sql = sqlOf(message)?.replace(/\s+/g, ' ').trim();
  if (!sql || !CHANGES.test(sql)) return undefined;
  const what = sql.replace(/'(?:[^']|'')*'/g, "'…'").slice(0, 120);
  return { system: 'postgres', what };
}

/** An error in place of a result, as the server would send it, and that it is ready again. */
export function refusal(inTransaction: boolean): Buffer {
  const fields = [
    'SERROR',
    'VERROR',
    'CXX000',
    'Mrefused by the fault harness',
    '',
  ];
  const body = Buffer.from(`${fields.join('\0')}\0`);
  const error = Buffer.alloc(5 + body.length);
  error.write('E');
  error.writeInt32BE(4 + body.length, 1);
  body.copy(error, 5);
  return Buffer.concat([
    error,
    Buffer.from([0x5a, 0, 0, 0, 5, inTransaction ? 0x45 : 0x49]),
  ]);
}

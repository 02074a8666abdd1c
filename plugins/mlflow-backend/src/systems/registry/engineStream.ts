import { addAbortSignal, Readable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { z } from 'zod';

/** Longest line that is passed on, in characters. */
const MAX_LINE = 500;

const message = z.object({
  stream: z.string().optional(),
  status: z.string().optional(),
  id: z.string().optional(),
  error: z.string().optional(),
  aux: z.object({ ID: z.string().optional() }).passthrough().optional(),
});

/**
 * Follows what a Docker engine says about a build, pull or push to its end.
 *
 * @returns id of the image that was built, where one was
 * @throws Error with the engine's own words when it reports a failure
 */
export async function followEngine(
  stream: NodeJS.ReadableStream,
  onLine: (line: string) => void,
  signal: AbortSignal,
): Promise<string | undefined> {
  let built: string | undefined;
  for await (const text of linesOf(stream, signal)) {
    const said = message.parse(JSON.parse(text));
    if (said.error) {
      throw new Error(said.error.trim());
    }
    built = said.aux?.ID ?? built;
    worthReading(said).forEach(onLine);
  }
  return built;
}

async function* linesOf(stream: NodeJS.ReadableStream, signal: AbortSignal) {
  const readable =
    stream instanceof Readable ? stream : new Readable().wrap(stream);
  addAbortSignal(signal, readable);
  readable.setEncoding('utf8');
  let rest = '';
  try {
    for await (const chunk of readable) {
      const lines = `${rest}${chunk}`.split('\n');
      rest = lines.pop() ?? '';
      yield* lines.filter(line => line.trim());
    }
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
  if (rest.trim()) {
    yield rest;
  }
}

/** Lines for people: no progress bars, no ids of layers and containers. */
function worthReading(said: z.infer<typeof message>): string[] {
  const layer = said.id !== undefined;
  const text = said.stream ?? (layer ? '' : said.status ?? '');
  return stripVTControlCharacters(text)
    .split(/[\r\n]+/)
    .map(line => line.trimEnd().slice(0, MAX_LINE))
    .filter(line => line && !/^( ---> |Removing intermediate )/.test(line));
}

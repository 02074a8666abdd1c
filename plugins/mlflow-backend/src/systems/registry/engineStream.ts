import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
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
  const readable = new Readable().wrap(stream);
  const stop = () => readable.destroy();
  signal.addEventListener('abort', stop, { once: true });
  let built: string | undefined;
  try {
    for await (const text of createInterface({ input: readable })) {
      if (text.trim()) {
        const said = message.parse(JSON.parse(text));
        if (said.error) {
          throw new Error(said.error.trim());
        }
        built = said.aux?.ID ?? built;
        worthReading(said).forEach(onLine);
      }
    }
  } finally {
    signal.removeEventListener('abort', stop);
    readable.destroy();
    signal.throwIfAborted();
  }
  return built;
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

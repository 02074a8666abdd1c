import { StringDecoder } from 'node:string_decoder';

/** Longest line that is kept, in characters; the node cuts at about as many bytes. */
const LONGEST = 16_384;

/** The lines of a stream of text; what exceeds the longest line is left out. */
export async function* linesOf(
  stream: AsyncIterable<Buffer>,
  longest: number = LONGEST,
): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  let line = '';
  for await (const chunk of stream) {
    const [first, ...others] = decoder.write(chunk).split('\n');
    line = (line + first).slice(0, longest);
    for (const next of others) {
      yield line;
      line = next.slice(0, longest);
    }
  }
  const last = line + decoder.end();
  if (last) {
    yield last;
  }
}

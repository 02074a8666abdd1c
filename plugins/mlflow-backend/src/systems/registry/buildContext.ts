import { Readable } from 'node:stream';
import { pack } from 'tar-stream';
import { SourceFile } from './imageSource';

/** Name under which the Dockerfile looks for a CA of the package registries. */
const CA_FILE = 'ca.crt';

/**
 * The build context as a tar stream. Times and owners are fixed, so that equal
 * files make an equal context and Docker's cache holds.
 */
export function buildContext(files: SourceFile[], ca?: string): Readable {
  const tar = pack();
  for (const { name, content, executable } of files) {
    const mode = executable ? 0o755 : 0o644;
    tar.entry({ name, mode, mtime: new Date(0) }, content);
  }
  if (ca) {
    tar.entry({ name: CA_FILE, mode: 0o644, mtime: new Date(0) }, ca);
  }
  tar.finalize();
  return Readable.from(tar);
}

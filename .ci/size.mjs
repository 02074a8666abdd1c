// How much of our own code a browser loads, gzipped: what an app's bundler makes
// of the built frontend plugin, dependencies left out. Run after a build.
import { build } from 'esbuild';
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const plugins = join(dirname(fileURLToPath(import.meta.url)), '../plugins');
const dist = join(plugins, 'mlflow/dist');
const entry = join(dist, 'index.esm.js');

if (!existsSync(entry)) {
  console.error(
    'The frontend plugin is not built: run ./yarnw workspace backstage-plugin-mlflow build',
  );
  process.exit(1);
}

const bundle = splitting =>
  build({
    entryPoints: [entry],
    absWorkingDir: dist,
    outdir: 'bundle',
    bundle: true,
    splitting,
    format: 'esm',
    minify: true,
    target: 'es2022',
    packages: 'external',
    alias: {
      'backstage-plugin-mlflow-common': join(
        plugins,
        'mlflow-common/src/index.ts',
      ),
    },
    metafile: true,
    write: false,
    logLevel: 'error',
  });

const gzipped = contents => gzipSync(contents, { level: 9 }).length;

const { metafile, outputFiles } = await bundle(true);
const bytes = new Map(
  outputFiles.map(({ path, contents }) => [basename(path), gzipped(contents)]),
);
const chunks = new Map(
  Object.entries(metafile.outputs).map(([path, output]) => [
    basename(path),
    output,
  ]),
);

/** A chunk and all that is loaded with it. */
function loadedWith(name, seen = new Set()) {
  if (!seen.has(name)) {
    seen.add(name);
    for (const { path, kind, external } of chunks.get(name).imports) {
      if (kind === 'import-statement' && !external) {
        loadedWith(basename(path), seen);
      }
    }
  }
  return seen;
}

const sum = names =>
  [...names].reduce((total, name) => total + bytes.get(name), 0);

/** The chunk that begins with this file of the build. */
const chunkOf = file => {
  const found = [...chunks].find(([, { entryPoint }]) => entryPoint === file);
  if (!found) {
    throw new Error(`${file} has no chunk of its own: it is not loaded lazily`);
  }
  return found[0];
};

/** What no page of an app in English asks for. */
const isAside = ({ entryPoint = '' }) =>
  /\.de\.esm\.js$|^package\.json/.test(entryPoint);

const atStart = loadedWith(chunkOf('index.esm.js'));
const withCard = loadedWith(
  chunkOf('components/MlflowCard/index.esm.js'),
  new Set(atStart),
);
const german = [...chunks].filter(([name]) => /^\w+\.de\./.test(name));
const everyPart = [...chunks].filter(([, chunk]) => !isAside(chunk));
const [whole] = (await bundle(false)).outputFiles;

const print = (size, what) =>
  console.log(`${String(size).padStart(7)}  ${what}`);

[...chunks]
  .filter(([, { entryPoint }]) => entryPoint)
  .map(([name, { entryPoint }]) => [bytes.get(name), entryPoint])
  .sort(([a], [b]) => b - a)
  .forEach(([size, file]) => print(size, file));
print(sum(atStart), 'loaded at the start of an app');
print(sum(german.map(([name]) => name)), 'more in German');

const limited = [
  ['what the card needs', sum(withCard), 15_000],
  ['every part opened', sum(everyPart.map(([name]) => name)), 50_000],
  ['all as one file, German too', gzipped(whole.contents), 50_000],
];
for (const [what, size, limit] of limited) {
  print(size, `${what}, of ${limit} bytes at most`);
}
process.exit(limited.some(([, size, limit]) => size >= limit) ? 1 : 0);

// What an admin does to a stock app to have the plugin: dependencies and one line.
// usage: adapt.mjs APP FOLDER_OF_TARBALLS OUR_PACKAGE_JSON
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [app, tarballs, ours] = process.argv.slice(2);
const LINE = `backend.add(import('backstage-plugin-mlflow-backend'));`;

function edit(file, change) {
  const path = join(app, file);
  const content = JSON.parse(readFileSync(path, 'utf8'));
  change(content);
  writeFileSync(path, `${JSON.stringify(content, null, 2)}\n`);
}

const tarball = name => `file:${join(tarballs, `${name}.tgz`)}`;
const { resolutions, packageManager } = JSON.parse(readFileSync(ours, 'utf8'));

edit('package.json', content => {
  Object.assign(content, {
    packageManager,
    resolutions: {
      ...content.resolutions,
      ...resolutions,
      // Not in a registry, so the two others must find it here.
      'backstage-plugin-mlflow-common': tarball('mlflow-common'),
    },
  });
});
/**
 * create-app seeds the app's lock file from a file of its release, which is not
 * to be had here. Without it the backend gets plugins of a later release than
 * its own defaults, and does not start; the packages of the app move together.
 */
function pinRelease({ dependencies }) {
  for (const [name, range] of Object.entries(dependencies)) {
    if (name.startsWith('@backstage/')) {
      dependencies[name] = range.replace(/^\^/, '');
    }
  }
}

edit('packages/app/package.json', content => {
  content.dependencies['backstage-plugin-mlflow'] = tarball('mlflow');
});
edit('packages/backend/package.json', content => {
  pinRelease(content);
  content.dependencies['backstage-plugin-mlflow-backend'] =
    tarball('mlflow-backend');
});

const index = join(app, 'packages/backend/src/index.ts');
const source = readFileSync(index, 'utf8');
const start = 'backend.start();';
if (!source.includes(start)) throw new Error(`No ${start} in ${index}`);
writeFileSync(index, source.replace(start, `${LINE}\n\n${start}`));

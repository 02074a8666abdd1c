import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findings } from './findings';
import germanFindings from './findings.de';
import { form } from './form';
import germanForm from './form.de';
import { health } from './health';
import germanHealth from './health.de';
import { log } from './log';
import germanLog from './log.de';
import { messages } from './messages';
import germanMessages from './messages.de';

interface Nested {
  readonly [key: string]: string | Nested;
}

const flat = (nested: Nested, prefix = ''): [string, string][] =>
  Object.entries(nested).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[prefix + key, value]]
      : flat(value, `${prefix}${key}.`),
  );

const placeholders = (text: string) =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();

const DIAGNOSTICS = join(__dirname, '../../../mlflow-backend/src/diagnostics');

/** The causes that the backend can name, as its sources have them. */
const causes = () =>
  [
    ...readdirSync(join(DIAGNOSTICS, 'causes')).map(file =>
      join(DIAGNOSTICS, 'causes', file),
    ),
    join(DIAGNOSTICS, 'personFindings.ts'),
  ].flatMap(file =>
    [
      ...readFileSync(file, 'utf8').matchAll(
        /(?:^ {2}name: |finding\(\s*)'([a-z0-9-]+)'/gm,
      ),
    ].map(([, cause]) => cause),
  );

describe('findings', () => {
  it('have words for each cause that the backend can name', () => {
    expect(Object.keys(findings).sort()).toEqual(causes().sort());
  });
});

describe('German', () => {
  describe.each<[string, Nested, Record<string, string>]>([
    ['links and card', messages, germanMessages],
    ['form and result', form, germanForm],
    ['tab and page', health, germanHealth],
    ['known log lines', log, germanLog],
  ])('of %s', (_title, english, german) => {
    it('has all words', () => {
      expect(Object.keys(german).sort()).toEqual(
        flat(english)
          .map(([key]) => key)
          .sort(),
      );
    });

    it('says as much of what is put in', () => {
      const wanted = flat(english).map(([key, text]) => [
        key,
        placeholders(text),
      ]);
      expect(
        wanted.map(([key]) => [key, placeholders(german[String(key)])]),
      ).toEqual(wanted);
    });
  });

  it('has title and remedy of each cause', () => {
    expect(Object.keys(germanFindings).sort()).toEqual(
      flat(findings)
        .map(([key]) => key)
        .sort(),
    );
  });
});

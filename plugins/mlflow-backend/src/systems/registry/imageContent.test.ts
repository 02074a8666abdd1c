import { contentHash, ImageContent, imageTag } from './imageContent';
import { SourceFile } from './imageSource';

const file = (name: string, text: string, executable = false): SourceFile => ({
  name,
  content: Buffer.from(text),
  executable,
});

const content: ImageContent = {
  line: '3.17',
  files: [file('Dockerfile', 'FROM x'), file('requirements-3.17.txt', 'a==1')],
  baseImage: 'python:3.13-slim',
  base: 'sha256:1',
};

describe('contentHash', () => {
  it('is 12 hex digits and always the same', () => {
    expect(contentHash(content)).toMatch(/^[0-9a-f]{12}$/);
    expect(contentHash({ ...content })).toBe(contentHash(content));
  });

  it.each<[string, Partial<ImageContent>]>([
    ['line', { line: '3.6' }],
    ['name of the base image', { baseImage: 'python:3.13' }],
    ['content of the base image', { base: 'sha256:2' }],
    ['a file', { files: [file('Dockerfile', 'FROM y'), content.files[1]] }],
    ['a mode', { files: [file('Dockerfile', 'FROM x', true)] }],
    ['one file less', { files: [content.files[0]] }],
  ])('changes with the %s', (_, change) => {
    expect(contentHash({ ...content, ...change })).not.toBe(
      contentHash(content),
    );
  });

  it('does not take two values for one that looks like them', () => {
    const one = { ...content, baseImage: 'ab', base: 'c' };
    const other = { ...content, baseImage: 'a', base: 'bc' };
    expect(contentHash(one)).not.toBe(contentHash(other));
  });
});

it('names the version and the content in the tag', () => {
  expect(imageTag('3.17.2', '0123456789ab')).toBe('3.17.2-0123456789ab');
});

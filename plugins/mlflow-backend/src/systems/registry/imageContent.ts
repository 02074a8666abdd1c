import { createHash } from 'node:crypto';
import { SourceFile } from './imageSource';

/** Label of an image that says from what it was built. */
export const CONTENT_LABEL = 'mlflow.org/content';

/** All that decides what is in an image. */
export interface ImageContent {
  line: string;
  files: SourceFile[];
  baseImage: string;
  /** What tells the content of the base image from any other. */
  base: string;
}

/**
 * 12 hex digits that change with everything that decides what is in the image.
 * The CA of the build is no part of it: it does not end in the image.
 */
export function contentHash(content: ImageContent): string {
  const hash = createHash('sha256');
  const add = (value: string | Buffer) => {
    // With its length before it, no part can pass for two others.
    hash.update(`${Buffer.byteLength(value)}:`).update(value);
  };
  [content.line, content.baseImage, content.base].forEach(add);
  for (const file of content.files) {
    add(file.name);
    add(file.executable ? 'x' : '-');
    add(file.content);
  }
  return hash.digest('hex').slice(0, 12);
}

/** Tag of the image of an MLflow version. */
export function imageTag(mlflow: string, hash: string): string {
  return `${mlflow}-${hash}`;
}

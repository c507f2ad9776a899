import type { ImageTag } from './registry.ts';

/** `ARG NODE_IMAGE=node:24` of a Dockerfile, and `${POSTGRES_IMAGE:-postgres:17}` of docker-compose.yml; with or without a digest. */
const PLACES = /((?:^ARG [A-Z]+_IMAGE=)|(?:\$\{[A-Z]+_IMAGE:-))([a-z0-9./-]+:[\w.-]+)(?:@sha256:[0-9a-f]{64})?/gm;

/** Finds the images, each once, without their digests. */
export function findImages(texts: Iterable<string>): string[] {
  const found = [...texts].flatMap((text) => Array.from(text.matchAll(PLACES), ([, , image = '']) => image));
  return [...new Set(found)].toSorted();
}

/** @returns the text with the digest of each image behind its tag: the tag says what it is, the digest decides. */
export function writePins(text: string, digests: ReadonlyMap<string, string>): string {
  return text.replace(PLACES, (whole, before: string, image: string) => {
    const digest = digests.get(image);
    return digest === undefined ? whole : `${before}${image}@${digest}`;
  });
}

/** `node:24` is `library/node` of Docker Hub. @throws for an image of another registry. */
export function parseImage(image: string): ImageTag {
  const [name = '', tag = ''] = image.split(':');
  const parts = name.split('/');
  if (parts.length > 2 || parts[0]?.includes('.')) throw new Error(`${image}: only images of Docker Hub are pinned`);
  return { repository: parts.length === 1 ? `library/${name}` : name, tag };
}

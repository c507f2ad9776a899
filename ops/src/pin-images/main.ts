import { globSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { findImages, parseImage, writePins } from './pins.ts';
import { readDigest } from './registry.ts';

/**
 * Writes the digests that the tags of the base images have now into the Dockerfiles and docker-compose.yml, in the form that
 * Renovate updates. Writes nothing unless all are known. Usage: main.ts [REGISTRY] [ROOT]
 */
const [registry = 'https://registry-1.docker.io', root = path.resolve(import.meta.dirname, '../../..')] =
  process.argv.slice(2);
const files = globSync(['*/Dockerfile', 'docker-compose.yml'], { cwd: root }).toSorted();
const texts = new Map(files.map((file) => [file, readFileSync(path.join(root, file), 'utf8')]));
const digests = new Map<string, string>();
for (const image of findImages(texts.values())) {
  const digest = await readDigest(registry, parseImage(image));
  digests.set(image, digest);
  process.stdout.write(`${image}@${digest}\n`);
}
for (const [file, text] of texts) {
  const pinned = writePins(text, digests);
  if (pinned !== text) writeFileSync(path.join(root, file), pinned);
}

import path from 'node:path';
import { bundlePrograms } from './bundle.ts';

/** Bundles the programs of every part that is there, into `dist`. */
const root = path.resolve(import.meta.dirname, '../../..');
await bundlePrograms({ root, target: root });

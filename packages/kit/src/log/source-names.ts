import { readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';

/** A place in a bundle, as V8 writes it: `file:///app/dist/bot/main.js:120:14`. */
const BUNDLE_PLACE = /(?:file:\/\/)?(\/[^\s()]*\/main\.js):(\d+):(\d+)/g;

/**
 * The stack of an error with the places of a bundle as places of its sources: `bot/src/bot.ts:12:3`. Node's own way,
 * `--enable-source-maps`, keeps every map in memory from the start (5 to 20 MB a process); here one is read when it is needed.
 */
export function nameSources(stack: string): string {
  const maps = new Map<string, SourceMap | undefined>();
  return stack.replace(BUNDLE_PLACE, (place: string, file: string, line: string, column: string) => {
    if (!maps.has(file)) maps.set(file, readMap(`${file}.map`));
    const origin = maps.get(file)?.findOrigin(Number(line), Number(column));
    if (!origin || !('fileName' in origin)) return place;
    return `${origin.fileName.replace(/^(?:\.\.\/)+/, '')}:${origin.lineNumber}:${origin.columnNumber}`;
  });
}

function readMap(file: string): SourceMap | undefined {
  try {
    return new SourceMap(JSON.parse(readFileSync(file, 'utf8')) as SourceMapPayload); // made with the bundle
  } catch {
    return undefined; // not there: the places of the bundle have to do
  }
}

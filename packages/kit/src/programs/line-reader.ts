import { StringDecoder } from 'node:string_decoder';

const MAX_LINE_CHARACTERS = 65_536;

/**
 * Cuts a stream of bytes into lines at \n or \r\n. A line that never ends is cut at 64 kB, so memory stays bounded. A lone \r, which
 * moves the cursor of a terminal within a line, becomes a space.
 */
export function createLineReader(onLine: (line: string) => void) {
  const decoder = new StringDecoder('utf8');
  let rest = '';

  const flush = (text: string): void => {
    const lines = (rest + text).split(/\r?\n/);
    rest = lines.pop() ?? '';
    if (rest.length > MAX_LINE_CHARACTERS) {
      lines.push(rest.slice(0, MAX_LINE_CHARACTERS));
      rest = '';
    }
    for (const line of lines) if (line !== '') onLine(line.slice(0, MAX_LINE_CHARACTERS).replaceAll('\r', ' '));
  };

  return {
    push: (chunk: Buffer): void => flush(decoder.write(chunk)),
    end: (): void => flush(`${decoder.end()}\n`),
  };
}

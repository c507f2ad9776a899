import { NginxConfFile } from 'nginx-conf';

type NginxConfItem = NginxConfFile['nginx'];

/** A block of an nginx configuration, to add directives to. */
export interface ConfBlock {
  /** Adds `name value;`. */
  directive(name: string, value?: string, comment?: string): void;
  /** Adds `name value { … }`. */
  block(name: string, value: string, fill: (block: ConfBlock) => void, comment?: string): void;
}

const INDENT = '  ';
const QUOTED = /"(?:[^"\\]|\\.)*"/g;

/**
 * Renders a configuration with nginx-conf. The library groups the directives of a block by name: the order within a name
 * is kept, the order of the names is that of first use.
 *
 * @throws when a value could end its directive.
 */
export function renderConf(fill: (root: ConfBlock) => void): string {
  const file = createFile();
  fill(wrap(file.nginx));
  return indentComments(file.toString());
}

/** Quotes a literal string. @throws when it holds `$`, which nginx cannot escape, or control characters. */
export function quote(text: string): string {
  if (/[$\p{Cc}]/u.test(text)) throw new Error('a literal in nginx.conf may hold neither $ nor control characters');
  return `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}

function createFile(): NginxConfFile {
  const files: NginxConfFile[] = [];
  NginxConfFile.createFromSource('', { tab: INDENT }, (_error, created) => {
    if (created) files.push(created);
  });
  const [file] = files; // the callback is called synchronously
  if (!file) throw new Error('nginx-conf could not make an empty file');
  return file;
}

function wrap(item: NginxConfItem): ConfBlock {
  return {
    directive: (name, value = '', comment) => {
      assertContained(name, value);
      item._add(name, value, null, commentLines(comment));
    },
    block: (name, value, fill, comment) => {
      assertContained(name, value);
      item._add(name, value, [], commentLines(comment));
      const child = item[name]?.at(-1);
      if (!child) throw new Error(`nginx-conf lost the block ${name}`);
      fill(wrap(child));
    },
  };
}

/** nginx-conf escapes nothing: outside quotes no character may end the directive, open a block or begin a comment. */
function assertContained(name: string, value: string): void {
  const bare = `${name} ${value}`.replaceAll(QUOTED, '');
  if (/[;{}#"\p{Cc}]/u.test(bare)) throw new Error(`the value of ${name} in nginx.conf could end its directive`);
}

function commentLines(comment: string | undefined): string[] {
  return comment === undefined ? [] : comment.split('\n').map((line) => ` ${line}`);
}

/** Indents comments like the directive below them; nginx-conf writes them at the left margin. */
function indentComments(text: string): string {
  const lines = text.split('\n');
  let indent = '';
  for (const [index, line] of [...lines.entries()].reverse()) {
    if (line.startsWith('#')) lines[index] = indent + line;
    else indent = /^ */.exec(line)?.[0] ?? '';
  }
  return lines.join('\n');
}

/** A file of a message as the source of a request, in the place of its link. */
export interface FileSource {
  readonly fileId: string;
  readonly name: string;
}

const SCHEME = 'telegram:';

export function fileSourceUrl({ fileId, name }: FileSource): string {
  return `${SCHEME}${encodeURIComponent(fileId)}?${encodeURIComponent(name)}`;
}

/** The file of a request; undefined for a link. */
export function fileSourceOf(url: string): FileSource | undefined {
  if (!url.startsWith(SCHEME)) return undefined;
  const [fileId = '', name = ''] = url.slice(SCHEME.length).split('?', 2).map(decodeURIComponent);
  return { fileId, name };
}

/** The source of a request as people see it: the name of the file, or the link. */
export function sourceName(url: string): string {
  return fileSourceOf(url)?.name ?? url;
}

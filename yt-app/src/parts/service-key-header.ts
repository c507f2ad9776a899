/** The header with which yt-app authenticates to another part; none without a key. */
export function serviceKeyHeader(key: string | undefined): Record<string, string> {
  return key === undefined ? {} : { authorization: `Bearer ${key}` };
}

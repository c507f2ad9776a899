/** The environment of a program: a search path, a home, a language. Nothing secret, no proxy, no NO_PROXY. */
export function minimalEnvironment(home: string, more: Readonly<Record<string, string>> = {}): Record<string, string> {
  return {
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    HOME: home,
    TMPDIR: home,
    LANG: 'C.UTF-8',
    ...more,
  };
}

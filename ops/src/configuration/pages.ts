import type { Setting } from './setting.ts';

const INTRODUCTION = `# Configuration

Made from the parts' schemas by \`make format\`; \`make check\` fails when this page is out of date.

Every setting is optional. Put it into \`.env\` beside docker-compose.yml, or into the environment of \`make up\` and \`make local\`
(which takes precedence). \`NAME_FILE\` may name a file that holds the value of \`NAME\`. Empty means unset. When values are bad, the part
lists every fault at once and ends with code 78.
`;
const YOURS = `
## Yours to set

| name | default | meaning | read by |
|---|---|---|---|
`;
const GENERATED = `
## Secrets

Kept in \`DATA_DIR/secrets/\` (mode 0600): what you set is copied there, and keys between the parts are generated once. To change one,
set it; to be rid of a token, empty its line in \`.env\` (\`NAME=\`); to have a new one generated, delete its file. Then run \`make up\`
or start \`make local\` again.

| name | meaning | read by |
|---|---|---|
`;
const INTERNAL = `
## Set for you

\`make up\` and \`make local\` set these. They matter when you run a part by hand.

| name | default | meaning | read by |
|---|---|---|---|
`;

export interface PageOptions {
  readonly settings: readonly Setting[];
  /** Names that the owner may set. */
  readonly open: ReadonlySet<string>;
  /** Names that `prepare.sh` keeps as files. */
  readonly secrets: ReadonlySet<string>;
}

/** `docs/configuration.md`. */
export function configurationPage({ settings, open, secrets }: PageOptions): string {
  const row = (setting: Setting): string =>
    `| \`${setting.name}\` | ${defaults(setting)} | ${cell(setting.description)} | ${parts(setting)} |\n`;
  const secretRow = (setting: Setting): string =>
    `| \`${setting.name}\` | ${cell(setting.description)} | ${parts(setting)} |\n`;
  const isSecret = ({ name }: Setting): boolean => secrets.has(name);
  const isYours = (setting: Setting): boolean => open.has(setting.name) && !isSecret(setting);
  const others = settings.filter((setting) => !isSecret(setting) && !isYours(setting));
  return [
    INTRODUCTION,
    YOURS,
    ...settings.filter(isYours).map(row),
    GENERATED,
    ...settings.filter(isSecret).map(secretRow),
    INTERNAL,
    ...others.map(row),
  ].join('');
}

/** `.env.example`: everything that the owner may set, switched off. */
export function envExample({ settings, open, secrets }: PageOptions): string {
  const entries = settings
    .filter(({ name }) => open.has(name) || secrets.has(name))
    .map(({ name, description, readers }) => `# ${description}\n#${name}=${readers[0]?.defaultText ?? ''}\n`);
  return [
    '# Copy to .env and set what you need. Made by make format; docs/configuration.md says more.\n',
    ...entries,
  ].join('\n');
}

function parts({ readers }: Setting): string {
  return readers.map(({ part }) => part).join(', ');
}

/** One default, or each part's own where they differ. */
function defaults({ readers }: Setting): string {
  const given = readers.filter(({ defaultText }) => defaultText !== undefined);
  const texts = [...new Set(given.map(({ defaultText }) => defaultText))];
  if (texts.length <= 1) return texts[0] === undefined ? '–' : `\`${texts[0]}\``;
  return given.map(({ part, defaultText }) => `\`${defaultText ?? ''}\` (${part})`).join(', ');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

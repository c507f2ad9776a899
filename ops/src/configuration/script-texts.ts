import { languages, textsOf, type OpsTexts } from '@linkcast/texts';

type ScriptText = OpsTexts['scripts'][keyof OpsTexts['scripts']];

/** Stands for the fact of a text until it becomes `%s`; no text contains it. */
const FACT = '\u0001';

const HEAD = `# shellcheck shell=sh
# Made from packages/texts by \`make format\`. To be sourced in the root of the repository, after ops/setting.sh.

# Prints a text in the language of the installation, without a line end.
text() { # NAME [FACT]
  language=$(setting LANGUAGE en) # a desktop's is a list, such as es_MX:en
  case \${language%%[!a-z]*}:$1 in
`;
const TAIL = `    *) format=$1 ;;
  esac
  # shellcheck disable=SC2059 # the formats are those above
  printf "$format" "\${2:-}"
}
`;

/** `ops/texts.sh`: the texts of the shell scripts, which run where there is no Node yet. English for a language that is not there. */
export function scriptTexts(): string {
  const others = languages.filter((language) => language !== 'en');
  const lines = [...others, 'en' as const].flatMap((language) =>
    Object.entries<ScriptText>(textsOf(language).ops.scripts).map(
      ([name, text]) => `    ${language === 'en' ? '*' : language}:${name}) format=${quoted(formatOf(text))} ;;\n`,
    ),
  );
  return HEAD + lines.join('') + TAIL;
}

/** A text as the format of `printf`, with at most one `%s`. */
function formatOf(text: ScriptText): string {
  const sentence = typeof text === 'string' ? text : text(FACT);
  return sentence.replaceAll('\\', '\\\\').replaceAll('%', '%%').replace(FACT, '%s');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

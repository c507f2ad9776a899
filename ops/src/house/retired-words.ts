/** A word that this code base no longer uses for its own things, and the terms that took its place. */
export interface RetiredWord {
  /** Lower case; a word of a comment, or of an identifier in camel case. */
  readonly word: string;
  readonly use: string;
  /** `identifiers`: the word has an ordinary meaning in comments. */
  readonly where: 'everywhere' | 'identifiers';
}

const everywhere = (words: string, use: string): RetiredWord[] =>
  words.split(' ').map((word) => ({ word, use, where: 'everywhere' }));
const identifiers = (words: string, use: string): RetiredWord[] =>
  words.split(' ').map((word) => ({ word, use, where: 'identifiers' }));

/** The words, with the terms of docs/glossary.md. */
export const retiredWords: readonly RetiredWord[] = [
  ...everywhere('door doors', 'server, client, scheme, endpoint or listener'),
  ...everywhere('look looks looked looking', 'check, poll, probe, read or search'),
  ...everywhere('errand errands', 'deferred reply'),
  ...everywhere('courier couriers', 'dispatcher'),
  ...everywhere('hurry hurries', 'retryNow'),
  ...everywhere('surroundings', 'run context'),
  ...everywhere('overseen oversees oversee', 'monitor'),
  ...everywhere('desk desks', 'the name of the server or store'),
  ...everywhere('patience', 'time limit'),
  ...everywhere('untold', 'unreported'),
  ...everywhere('asker askers', 'client, caller or requester'),
  ...identifiers('lane lanes', 'chat queue'),
  ...identifiers('told', 'reported'),
  ...identifiers('settle settles settling', 'resolve, finish, decide or publish'),
  ...identifiers('gone', 'deleted, disconnected or exited'),
];

/** A comment that documents something begins with what it is or does, not with a clause that has to be read twice. */
export const QUESTION_START = /^(?:whether|what|who|whom|whose|how|where|when|why)\b/i;

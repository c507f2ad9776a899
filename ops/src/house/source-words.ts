import ts from 'typescript';
import { QUESTION_START, retiredWords, type RetiredWord } from './retired-words.ts';

export interface WordFault {
  /** From 1. */
  readonly line: number;
  readonly fault: string;
}

const byWord = new Map(retiredWords.map((retired) => [retired.word, retired]));

/** Finds retired words in the identifiers and comments of a TypeScript or JavaScript file, and doc comments that begin with a question word. */
export function findWordFaults(fileName: string, text: string): WordFault[] {
  const source = ts.createSourceFile(fileName, text, ts.ScriptTarget.Latest, true);
  const faults = new Map<string, WordFault>();
  const report = (position: number, fault: string): void => {
    const line = source.getLineAndCharacterOfPosition(position).line + 1;
    faults.set(`${line}:${fault}`, { line, fault });
  };

  const seenComments = new Set<number>();
  const visitComments = (position: number): void => {
    const ranges = [
      ...(ts.getLeadingCommentRanges(text, position) ?? []),
      ...(ts.getTrailingCommentRanges(text, position) ?? []),
    ];
    for (const { pos, end } of ranges) {
      if (seenComments.has(pos)) continue;
      seenComments.add(pos);
      for (const fault of commentFaults(text.slice(pos, end))) report(pos + fault.offset, fault.fault);
    }
  };
  const visit = (node: ts.Node): void => {
    visitComments(node.getFullStart());
    visitComments(node.getEnd());
    if (ts.isIdentifier(node) || ts.isPrivateIdentifier(node)) {
      for (const fault of identifierFaults(node.text)) report(node.getStart(source), fault);
    }
    for (const child of node.getChildren(source)) visit(child);
  };
  visit(source);
  return [...faults.values()].toSorted((a, b) => a.line - b.line);
}

function identifierFaults(name: string): string[] {
  const words = name.split(/(?<=[a-z0-9])(?=[A-Z])|[_$#\d]+/).map((word) => word.toLowerCase());
  return words.flatMap((word) => {
    const retired = byWord.get(word);
    return retired ? [`"${name}": instead of "${word}" say ${retired.use}`] : [];
  });
}

function commentFaults(comment: string): { readonly offset: number; readonly fault: string }[] {
  const faults = [...comment.matchAll(/[A-Za-z]+/g)].flatMap(({ 0: word, index }) => {
    const retired = byWord.get(word.toLowerCase());
    return retired && isForComments(retired)
      ? [{ offset: index, fault: `comment: instead of "${word}" say ${retired.use}` }]
      : [];
  });
  const documentation = comment.startsWith('/**') ? comment.slice(3).replace(/^[\s*]+/, '') : '';
  if (QUESTION_START.test(documentation)) faults.push({ offset: 0, fault: 'doc comment: begins with a question word' });
  return faults;
}

function isForComments({ where }: RetiredWord): boolean {
  return where === 'everywhere';
}

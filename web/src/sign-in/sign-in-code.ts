import { SIGN_IN_CODE } from '@linkcast/contracts';

const GROUP = 4;
const LENGTH = 12;

/** A code as it is typed or pasted, in groups of four: `ABCDefgh j` becomes `abcd-efgh-j`. A pasted link gives its code. */
export function formatSignInCode(typed: string): string {
  const code = typed.slice(typed.lastIndexOf('#') + 1);
  const letters = lettersOf(code).slice(0, LENGTH);
  return letters.match(/.{1,4}/g)?.join('-') ?? '';
}

/** Could it be a code? Only the server knows whether it is one. */
export function isSignInCode(code: string): boolean {
  return SIGN_IN_CODE.test(code);
}

/** Where the caret belongs after formatting, when it stood behind these typed characters. */
export function caretBehind(typedBefore: string): number {
  const letters = lettersOf(typedBefore).length;
  return letters + Math.max(0, Math.floor((letters - 1) / GROUP));
}

function lettersOf(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

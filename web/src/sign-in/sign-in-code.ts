import { SIGN_IN_CODE } from '@linkcast/contracts';

const GROUP = 4;
const LENGTH = 12;

/** Formats typed or pasted input in groups of four: `ABCDefgh j` becomes `abcd-efgh-j`. A pasted sign-in link gives its code. */
export function formatSignInCode(typed: string): string {
  const code = typed.slice(typed.lastIndexOf('#') + 1);
  const letters = lettersOf(code).slice(0, LENGTH);
  return letters.match(/.{1,4}/g)?.join('-') ?? '';
}

/** Checks the shape of a code. Only the server can check that the code is valid. */
export function isSignInCode(code: string): boolean {
  return SIGN_IN_CODE.test(code);
}

/** Returns the caret's position after formatting, given the input before the caret. */
export function caretBehind(typedBefore: string): number {
  const letters = lettersOf(typedBefore).length;
  return letters + Math.max(0, Math.floor((letters - 1) / GROUP));
}

function lettersOf(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

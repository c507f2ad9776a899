import type { Finding, Message } from '@linkcast/contracts';
import { worded } from '@linkcast/texts';

export const fine = (name: string, reported: Message): Finding => found(name, 'ok', reported);
export const remark = (name: string, reported: Message, action?: Message): Finding =>
  found(name, 'note', reported, action);
/** @param action what the owner can do. */
export const fault = (name: string, reported: Message, action: Message): Finding =>
  found(name, 'bad', reported, action);

function found(name: string, state: Finding['state'], reported: Message, action?: Message): Finding {
  return { name, state, ...worded(reported), action: action ? worded(action) : null };
}

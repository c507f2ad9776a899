import type { BotApiState } from '../bot-api-state.ts';
import { badRequest } from '../failure.ts';
import { textOf, type CallParameters } from '../parameters.ts';
import { createMenuMethods } from './menu-methods.ts';
import { createMessageMethods } from './message-methods.ts';
import type { Methods } from './method.ts';
import { createUpdateMethods } from './update-methods.ts';

/** The methods of the Bot API that a chat bot needs. */
export function createMethods(state: BotApiState): Methods {
  return {
    getMe: () => ({
      ...state.bot,
      can_join_groups: true,
      can_read_all_group_messages: false,
      supports_inline_queries: false,
    }),
    getFile: (parameters) => getFile(state, parameters),
    ...createUpdateMethods(state),
    ...createMenuMethods(state),
    ...createMessageMethods(state),
  };
}

/** The cloud gives bots no larger file. */
const MAX_DOWNLOAD_BYTES = 20 * 1024 * 1024;

function getFile({ files, placedFiles }: BotApiState, parameters: CallParameters) {
  const id = textOf(parameters, 'file_id') ?? '';
  const placed = placedFiles.get(id);
  if (placed !== undefined) return { file_id: id, file_unique_id: id, file_path: placed };
  const file = files.get(id);
  if (!file) throw badRequest('invalid file_id');
  if (file.length > MAX_DOWNLOAD_BYTES) throw badRequest('file is too big');
  return { file_id: id, file_unique_id: id, file_size: file.length, file_path: `documents/${id}` };
}

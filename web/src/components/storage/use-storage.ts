import type { RetentionAnswer, RetentionRule, RetentionScope, StoragePicture } from '@linkcast/contracts';
import { useRequest, type RequestState } from '../../connection/use-request.ts';
import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';

/** The picture of the storage, and what an owner does with it. Each action reads it again. */
export interface Storage extends RequestState<StoragePicture> {
  readonly keep: (id: string, isKept: boolean) => void;
  readonly remove: (id: string) => void;
  readonly answer: (questionId: string, answer: RetentionAnswer['answer']) => void;
  readonly changeRule: (scope: RetentionScope, rule: RetentionRule | null) => void;
}

export function useStorage(): Storage {
  const { storage: words, item } = useTexts().site;
  const { storage: calls, toasts, setKept, delete: remove } = useStores();
  const picture = useRequest(() => calls.getStorage());
  const follow = (work: Promise<unknown>, done: string): void => toasts.follow(work.finally(picture.reload), done);
  return {
    ...picture,
    keep: (id, isKept) => follow(setKept(id, isKept), isKept ? item.kept : item.unkept),
    remove: (id) => follow(remove(id), item.deleted),
    answer: (id, answer) => follow(calls.answerRetention(id, { answer }), words.answered[answer]),
    changeRule: (scope, rule) => follow(calls.patchRetention({ scope, rule }), words.saved),
  };
}

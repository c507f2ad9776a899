import {
  RetentionAnswer,
  RetentionRuleChange,
  type EndpointName,
  type Media,
  type NextItem,
  type RetentionQuestion,
  type ScopedRule,
  type StoragePicture,
} from '@linkcast/contracts';
import { ok, refused, type Route } from './canned-reply.ts';

export interface StorageState {
  /** The library. */
  readonly media: readonly Media[];
  storage: Pick<StoragePicture, 'level' | 'disk' | 'people'>;
  /** By id of the item. */
  next: readonly Omit<NextItem, 'media'>[];
  questions: readonly RetentionQuestion[];
  rules: readonly ScopedRule[];
}

/** A disk of 1 TB, as far as the tests do not say otherwise. */
export const aDisk = {
  level: 'ok',
  disk: {
    totalBytes: 1e12,
    limitBytes: 9e11,
    freeBytes: 3e11,
    videoBytes: 4.2e11,
    audioBytes: 8e10,
    trashBytes: 5e10,
    workBytes: 2e10,
    reservedBytes: 0,
    otherBytes: 1.3e11,
  },
  people: [],
} as const satisfies StorageState['storage'];

/** Creates the routes of the storage of the canned API. */
export function createCannedStorage(state: StorageState) {
  return {
    getStorage: () => {
      const largest = state.media.toSorted((one, other) => other.bytes - one.bytes).slice(0, 10);
      const next = state.next.flatMap((facts, index) => {
        const media = state.media[index];
        return media && !media.isKept ? [{ ...facts, media }] : [];
      });
      return ok({ ...state.storage, largest, next, questions: state.questions, rules: state.rules });
    },
    getRetention: () => ok({ rules: state.rules }),
    patchRetention: ({ body }) => {
      const { scope, rule } = RetentionRuleChange.parse(body);
      const others = state.rules.filter((other) => JSON.stringify(other.scope) !== JSON.stringify(scope));
      state.rules =
        rule === null ? others : [...others, { scope, rule, title: null, changedAt: new Date().toISOString() }];
      return ok({ rules: state.rules });
    },
    answerRetention: ({ id, body }) => {
      RetentionAnswer.parse(body);
      if (!state.questions.some((question) => question.id === id)) return refused('not-found');
      state.questions = state.questions.filter((question) => question.id !== id);
      return { status: 204 };
    },
  } satisfies Partial<Record<EndpointName, Route>>;
}

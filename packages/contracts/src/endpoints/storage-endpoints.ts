import { RetentionAnswer, RetentionRuleChange, RetentionRules } from '../storage/retention.ts';
import { StoragePicture } from '../storage/storage-picture.ts';
import type { Endpoint } from './endpoint.ts';
import { recordParams } from './path-parameters.ts';

/** The space of the library, and the rules by which items go. */
export const storageEndpoints = {
  getStorage: {
    method: 'get',
    path: '/api/storage',
    right: 'manage',
    summary: 'What takes the space of the disk, and what goes next',
    success: 200,
    answer: StoragePicture,
    problems: [],
  },
  getRetention: {
    method: 'get',
    path: '/api/storage/rules',
    right: 'manage',
    summary: 'The rules by which items go',
    success: 200,
    answer: RetentionRules,
    problems: [],
  },
  patchRetention: {
    method: 'patch',
    path: '/api/storage/rules',
    right: 'manage',
    forPeople: true,
    inPerson: true,
    summary: 'Change the rule by which items of the installation, of one person or of a collection go',
    body: RetentionRuleChange,
    success: 200,
    answer: RetentionRules,
    problems: ['not-found'],
  },
  answerRetention: {
    method: 'post',
    path: '/api/storage/questions/:id/answer',
    right: 'manage',
    forPeople: true,
    summary: 'Answer whether an unwatched item may go; the first answer counts',
    params: recordParams,
    body: RetentionAnswer,
    success: 204,
    problems: ['not-found', 'conflict', 'media-missing'],
  },
} as const satisfies Record<string, Endpoint>;

import { NewPersonalKey, PersonalKeyList, PersonalKeyRequest } from '../access/personal-key.ts';
import type { Endpoint } from './endpoint.ts';
import { recordParams } from './path-parameters.ts';

/** Personal API keys. A key makes no keys, and ends none. */
export const keyEndpoints = {
  createKey: {
    method: 'post',
    path: '/api/keys',
    right: 'watch',
    forPeople: true,
    inPerson: true,
    summary: 'Make a personal API key; it is shown once',
    body: PersonalKeyRequest,
    success: 201,
    answer: NewPersonalKey,
    problems: ['conflict'],
  },
  listKeys: {
    method: 'get',
    path: '/api/keys',
    right: 'watch',
    forPeople: true,
    inPerson: true,
    summary: "One's own personal API keys",
    success: 200,
    answer: PersonalKeyList,
    problems: [],
  },
  revokeKey: {
    method: 'delete',
    path: '/api/keys/:id',
    right: 'watch',
    forPeople: true,
    inPerson: true,
    summary: "Revoke one of one's own keys",
    params: recordParams,
    success: 204,
    problems: ['not-found'],
  },
} as const satisfies Record<string, Endpoint>;

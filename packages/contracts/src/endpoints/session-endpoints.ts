import { Caller, SessionList, SignIn, SignInCode, SignInCodeRequest } from '../access/access.ts';
import type { Endpoint } from './endpoint.ts';
import { recordParams } from './path-parameters.ts';

/** Signing in and out, and devices. */
export const sessionEndpoints = {
  getCaller: {
    method: 'get',
    path: '/api/session',
    right: 'none',
    summary: 'The caller, and their rights',
    success: 200,
    answer: Caller,
    problems: [],
  },
  signIn: {
    method: 'post',
    path: '/api/session',
    right: 'none',
    summary: 'Sign in by a code or by the initData of a Mini App; sets an HttpOnly cookie',
    body: SignIn,
    success: 200,
    answer: Caller,
    problems: ['sign-in-refused', 'forbidden', 'too-many-requests'],
  },
  signOut: {
    method: 'delete',
    path: '/api/session',
    right: 'none',
    summary: 'Sign this browser out',
    success: 204,
    problems: ['forbidden'],
  },
  listSessions: {
    method: 'get',
    path: '/api/sessions',
    right: 'add',
    summary: "The signed-in browsers: one's own, or for an owner everybody's",
    success: 200,
    answer: SessionList,
    problems: [],
  },
  endSession: {
    method: 'delete',
    path: '/api/sessions/:id',
    right: 'add',
    summary: 'Sign one browser out',
    params: recordParams,
    success: 204,
    problems: ['not-found'],
  },
  createSignInCode: {
    method: 'post',
    path: '/api/sign-in-codes',
    right: 'manage',
    summary: 'A code that is good for one sign-in',
    body: SignInCodeRequest,
    success: 201,
    answer: SignInCode,
    problems: [],
  },
} as const satisfies Record<string, Endpoint>;

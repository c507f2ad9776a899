import { startPeriodicLoop, type Logger, type Stoppable } from '@linkcast/kit';
import type { Dispatcher } from '../delivery/dispatcher.ts';
import type { RequestStore } from '../requests/request-store.ts';
import { endRequest } from './request-ending.ts';

export interface QuestionExpiryOptions {
  readonly requests: RequestStore;
  readonly dispatcher: Pick<Dispatcher, 'wake'>;
  readonly logger: Logger;
}

const EVERY_MS = 600_000;

/** Ends the requests whose question was not answered for a day, at the start and every ten minutes. Their message says so, and has Retry. */
export function startQuestionExpiry({ requests, dispatcher, logger }: QuestionExpiryOptions): Stoppable {
  return startPeriodicLoop({
    name: 'end of unanswered questions',
    logger,
    everyMs: EVERY_MS,
    run() {
      for (const request of requests.questions.expired()) {
        endRequest(request, { kind: 'unanswered' }, { requests, logger });
        dispatcher.wake(request.chatId);
      }
      return Promise.resolve(undefined);
    },
  });
}

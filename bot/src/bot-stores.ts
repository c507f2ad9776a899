import type { BotOptions } from './bot-options.ts';
import { createCookieWishStore } from './cookies/cookie-wish-store.ts';
import { createOutbox } from './delivery/outbox.ts';
import { createConversationStore } from './features/conversation-store.ts';
import { createGivenUpStore } from './following/given-up-store.ts';
import { createFollowWishStore } from './following/follow-wish-store.ts';
import { createNoticeStore } from './notices/notice-store.ts';
import { createLanguageStore } from './people/language-store.ts';
import { createPersonStore } from './people/person-store.ts';
import { openOrReplaceBotDatabase } from './replaced-database.ts';
import { createJobEndStore } from './reports/job-end-store.ts';
import { createAskedQuestionStore } from './retention/asked-question-store.ts';
import { createRequestStore } from './requests/request-store.ts';

/** Opens the bot's database, with the stores in it. */
export function openBotStores({ databaseFile, language, logger }: BotOptions) {
  const database = openOrReplaceBotDatabase(databaseFile, logger);
  return {
    database,
    people: createPersonStore(database),
    languages: createLanguageStore(database, language),
    requests: createRequestStore(database),
    outbox: createOutbox(database),
    conversations: createConversationStore(database),
    notices: createNoticeStore(database),
    askedQuestions: createAskedQuestionStore(database),
    jobEnds: createJobEndStore(database),
    followWishes: createFollowWishStore(database),
    cookieWishes: createCookieWishStore(database),
    givenUp: createGivenUpStore(database),
  };
}

export type BotStores = ReturnType<typeof openBotStores>;

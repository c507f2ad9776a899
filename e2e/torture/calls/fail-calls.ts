import { existsSync } from 'node:fs';
import { createCallCounter, FAILING_CALL, FailingCall } from './failing-call.ts';
import { failDatabaseCalls } from './database-calls.ts';
import { failFileCalls } from './file-calls.ts';
import { failNetworkCalls } from './network-calls.ts';

/** Loaded by Node (`--import`) before a program of yt-app: one of its calls fails. */
const text = process.env[FAILING_CALL];
const program = process.argv[1]?.includes('/worker/') === true ? 'worker' : 'api';

if (text !== undefined) {
  const failing = FailingCall.parse(JSON.parse(text));
  if (failing.program === program && !existsSync(failing.failedFile)) {
    const counter = createCallCounter(failing);
    await failFileCalls(counter);
    failDatabaseCalls(counter);
    failNetworkCalls(counter);
  }
}

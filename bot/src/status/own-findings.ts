import type { Finding } from '@linkcast/contracts';
import { askClockOffset, CLOCK_TOLERANCE_SECONDS } from '@linkcast/kit';
import { message, worded } from '@linkcast/texts';

/** Checks what the bot alone can: that Telegram accepts the token, and the clock. */
export type ExamineBot = () => Promise<Finding[]>;

export interface OwnFindingsOptions {
  readonly apiRoot: string;
  /** The name of the bot; undefined: Telegram has not answered yet. */
  readonly botName: () => string | undefined;
}

export function createExamineBot({ apiRoot, botName }: OwnFindingsOptions): ExamineBot {
  return async () => {
    const name = botName();
    const token: Finding[] =
      name === undefined
        ? []
        : [{ name: 'Telegram', state: 'ok', ...worded(message('telegram-token-works', { name })), action: null }];
    return [...token, clockFinding(await askClockOffset(apiRoot))];
  };
}

function clockFinding(offSeconds: number | undefined): Finding {
  const name = 'clock';
  if (offSeconds === undefined) return { name, state: 'note', ...worded(message('clock-unknown')), action: null };
  if (offSeconds <= CLOCK_TOLERANCE_SECONDS)
    return { name, state: 'ok', ...worded(message('clock-right')), action: null };
  const off = worded(message('clock-off', { seconds: offSeconds }));
  return { name, state: 'bad', ...off, action: worded(message('do-set-clock')) };
}

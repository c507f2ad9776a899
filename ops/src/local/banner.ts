import type { OpsTexts } from '@linkcast/texts';
import type { TokenState } from '../telegram-bot.ts';

export interface BannerFacts {
  readonly siteUrl: string;
  readonly ready: boolean;
  /** Signs the owner in, once. Absent: yt-app gives none now. */
  readonly signIn: string | undefined;
  /** Absent: no token is set. */
  readonly bot: TokenState | undefined;
  /** Absent: an owner is set already. */
  readonly ownerCode: string | undefined;
}

/** Lines for the owner when everything runs: the address, how to become the bot's owner, what is missing. */
export function bannerLines({ siteUrl, ready, signIn, bot, ownerCode }: BannerFacts, say: OpsTexts['local']): string[] {
  return [
    say.running(siteUrl),
    ...(ready ? [] : [say.stillStarting]),
    ...(signIn === undefined ? [] : [say.signIn(signIn)]),
    ...(bot === undefined ? [say.noToken] : []),
    ...(bot !== undefined && bot.kind !== 'works' ? [say.tokenFault] : []),
    ...(ownerCode === undefined ? [] : [say.claim(ownerCode)]),
    ...(ownerCode !== undefined && bot?.kind === 'works' ? [say.claimLink(bot.username, ownerCode)] : []),
    say.stopHint,
  ];
}

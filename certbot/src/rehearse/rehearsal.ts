import { textsOf, type Language } from '@linkcast/texts';
import { firstChallenge, otherChallenge, type ChallengeSetting } from '../challenge/challenge-choice.ts';
import type { DdnsClient } from '../challenge/ddns-client.ts';
import type { CertificateOrder, Challenge } from '../program/certbot-arguments.ts';
import type { Certbot } from '../program/certbot.ts';

export interface RehearsalOptions {
  readonly order: CertificateOrder;
  readonly challenge: ChallengeSetting;
  /** With directories of its own. */
  readonly certbot: Certbot;
  readonly ddns: DdnsClient;
  /** The language of the printed lines. */
  readonly language: Language;
  /** Prints a line for the person who runs it. */
  readonly print: (line: string) => void;
}

/** A run of certbot that obtains a certificate and keeps none. */
export interface Rehearsal {
  /** Resolves with true when the certificate can be obtained. */
  run(signal: AbortSignal): Promise<boolean>;
}

export function createRehearsal(options: RehearsalOptions): Rehearsal {
  const { order, challenge: setting, certbot, ddns, print } = options;
  const { domainName } = order;
  const { messages, rehearsal: sentences } = textsOf(options.language);
  return {
    run: async (signal) => {
      const canSetRecords = (await ddns.readStatus())?.canAnswerChallenges ?? false;
      const facts = { setting, lastSuccess: null, canSetRecords };
      let challenge: Challenge | null = firstChallenge(facts);
      for (let attempt = 1; challenge !== null && attempt <= 2; attempt += 1) {
        print(sentences.starting(domainName, challenge));
        const result = await certbot.run(order, { challenge, renew: 'rehearsal' }, signal);
        if (result.kind === 'finished') print(sentences.works(domainName, challenge));
        if (result.kind === 'stopped') print(sentences.stopped);
        if (result.kind !== 'failed') return result.kind === 'finished';
        print(`${sentences.failed} ${messages[`certificate-${result.cause}`]()}`);
        challenge = otherChallenge(facts, challenge, result.cause);
      }
      return false;
    },
  };
}

import type { BotApiState } from '../bot-api-state.ts';
import { BotApiFailure } from '../failure.ts';
import { integerOf, structureOf, textOf, type CallParameters } from '../parameters.ts';
import type { Methods } from './method.ts';

const MAX_POLL_SECONDS = 50;

/** The methods that give the bot its updates, and those of the webhook, which excludes polling. */
export function createUpdateMethods(state: BotApiState): Methods {
  const { updates, webhook } = state;
  return {
    getUpdates: (parameters, signal) => getUpdates(state, parameters, signal),
    getWebhookInfo: () => ({ ...webhook, has_custom_certificate: false, pending_update_count: updates.pending() }),
    deleteWebhook(parameters) {
      webhook.url = '';
      if (textOf(parameters, 'drop_pending_updates') === 'true' || parameters['drop_pending_updates'] === true)
        updates.clear();
      return true;
    },
  };
}

async function getUpdates({ updates, webhook }: BotApiState, parameters: CallParameters, signal: AbortSignal) {
  if (webhook.url !== '') {
    const what = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first";
    throw new BotApiFailure(409, `Conflict: ${what}`);
  }
  const allowed = structureOf(parameters, 'allowed_updates');
  return updates.poll({
    offset: integerOf(parameters, 'offset') ?? 0,
    limit: Math.min(Math.max(integerOf(parameters, 'limit') ?? 100, 1), 100),
    timeoutSeconds: Math.min(Math.max(integerOf(parameters, 'timeout') ?? 0, 0), MAX_POLL_SECONDS),
    allowed: Array.isArray(allowed) ? allowed.map(String) : undefined,
    signal,
  });
}

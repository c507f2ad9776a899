import type { InvitationAcceptance, InvitationRequest, TelegramAcceptance } from '../access/invitation.ts';
import type { LimitsPatch } from '../access/limits.ts';
import type { BotAccount, MePatch, PersonPatch } from '../access/person.ts';
import type { NewPasskey, PasskeyAssertion, PasskeyPatch } from '../access/passkey.ts';
import type { PersonalKeyRequest } from '../access/personal-key.ts';
import type { TelegramLinkConfirmation, TelegramLinkOpening } from '../access/telegram-link.ts';
import type { PositionQuery, PositionReports } from '../library/position.ts';
import type { ActivityQuery } from '../upkeep/activity.ts';
import type { CallEndpoint } from './transport.ts';

/** The calls about people and their Telegram accounts, playback positions, invitations, personal keys and passkeys. */
export function createPeopleCalls(call: CallEndpoint) {
  return {
    getMe: () => call('getMe', {}),
    patchMe: (patch: MePatch) => call('patchMe', { body: patch }),
    reportPositions: (positions: PositionReports['positions']) => call('reportPositions', { body: { positions } }),
    listPositions: (query: Partial<PositionQuery> = {}) => call('listPositions', { query }),
    listActivity: (query: Partial<ActivityQuery> = {}) => call('listActivity', { query }),
    listPeople: () => call('listPeople', {}),
    patchPerson: (id: string, patch: PersonPatch) => call('patchPerson', { id, body: patch }),
    removePerson: (id: string) => call('removePerson', { id }),
    getLimits: () => call('getLimits', {}),
    patchLimits: (patch: LimitsPatch) => call('patchLimits', { body: patch }),
    createInvitation: (request: InvitationRequest = {}) => call('createInvitation', { body: request }),
    listInvitations: () => call('listInvitations', {}),
    revokeInvitation: (id: string) => call('revokeInvitation', { id }),
    acceptInvitation: (acceptance: InvitationAcceptance) => call('acceptInvitation', { body: acceptance }),
    createTelegramLink: () => call('createTelegramLink', {}),
    disconnectTelegram: () => call('disconnectTelegram', {}),
    openTelegramLink: (opening: TelegramLinkOpening) => call('openTelegramLink', { body: opening }),
    confirmTelegramLink: (confirmation: TelegramLinkConfirmation) =>
      call('confirmTelegramLink', { body: confirmation }),
    createKey: (request: PersonalKeyRequest) => call('createKey', { body: request }),
    listKeys: () => call('listKeys', {}),
    revokeKey: (id: string) => call('revokeKey', { id }),
    beginPasskey: () => call('beginPasskey', {}),
    createPasskey: (passkey: NewPasskey) => call('createPasskey', { body: passkey }),
    listPasskeys: () => call('listPasskeys', {}),
    patchPasskey: (id: string, patch: PasskeyPatch) => call('patchPasskey', { id, body: patch }),
    revokePasskey: (id: string) => call('revokePasskey', { id }),
    listPasskeysOfPerson: (id: string) => call('listPasskeysOfPerson', { id }),
    beginPasskeySignIn: () => call('beginPasskeySignIn', {}),
    signInByPasskey: (assertion: PasskeyAssertion) => call('signInByPasskey', { body: assertion }),
    setBotAccount: (account: BotAccount) => call('setBotAccount', { body: account }),
    acceptInTelegram: (acceptance: TelegramAcceptance) => call('acceptInTelegram', { body: acceptance }),
    getReportAccount: (id: string) => call('getReportAccount', { id }),
    listOwnerAccounts: () => call('listOwnerAccounts', {}),
  };
}

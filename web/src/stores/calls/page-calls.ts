import type { ApiClient } from '@linkcast/contracts';

/** API calls of the settings page, which keeps their results itself. */
export function pickAccountCalls(api: ApiClient) {
  const { listSessions, endSession, createSignInCode, getMe, patchMe, health } = api;
  const { listKeys, createKey, revokeKey, createTelegramLink, disconnectTelegram } = api;
  return {
    ...{ listSessions, endSession, createSignInCode, getMe, patchMe, health },
    ...{ listKeys, createKey, revokeKey, createTelegramLink, disconnectTelegram },
  };
}

/** API calls of the page of people, which keeps their results itself. */
export function pickPeopleCalls(api: ApiClient) {
  const { listPeople, patchPerson, removePerson, createInvitation, listInvitations, revokeInvitation } = api;
  const { getLimits, patchLimits } = api;
  return {
    ...{ listPeople, patchPerson, removePerson, createInvitation, listInvitations, revokeInvitation },
    ...{ getLimits, patchLimits },
  };
}

/** API calls of the page of the trash, which keeps their results itself. */
export function pickTrashCalls({ listTrash, purgeMedia, emptyTrash }: ApiClient) {
  return { listTrash, purgeMedia, emptyTrash };
}

/** API calls of the page of the storage, which keeps their results itself. */
export function pickStorageCalls({ getStorage, getRetention, patchRetention, answerRetention, listPeople }: ApiClient) {
  return { getStorage, getRetention, patchRetention, answerRetention, listPeople };
}

/** API calls of the settings about the ways to the sources. */
export function pickProfileCalls({ getProfiles, replaceProfiles }: ApiClient) {
  return { getProfiles, replaceProfiles };
}

/** API calls about deliveries, whose results the settings page and the menu of an item keep themselves. */
export function pickDeliveryCalls(api: ApiClient) {
  const { listDeliveryTargets, createDeliveryTarget, checkNewDeliveryTarget, checkDeliveryTarget } = api;
  const { patchDeliveryTarget, removeDeliveryTarget, listDeliveries, deliverMedia, retryDelivery } = api;
  return {
    ...{ listDeliveryTargets, createDeliveryTarget, checkNewDeliveryTarget, checkDeliveryTarget },
    ...{ patchDeliveryTarget, removeDeliveryTarget, listDeliveries, deliverMedia, retryDelivery },
    ...{ cancelDelivery: api.cancelDelivery, listCollections: api.listCollections },
  };
}

/** API calls of the settings about the cookies of sites. */
export function pickCookieCalls({ listCookies, putCookies, removeCookies }: ApiClient) {
  return { listCookies, putCookies, removeCookies };
}

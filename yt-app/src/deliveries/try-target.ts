import type { DeliveryCheck, WorkTarget } from '@linkcast/contracts';

/**
 * Has a worker try a target: its host key, the login, and writing in its folder.
 *
 * @throws {Problem} `downloader-unavailable` when no worker takes it, `too-many-requests`, or the reason of the signal.
 */
export type TryTarget = (target: WorkTarget, signal: AbortSignal) => Promise<DeliveryCheck>;

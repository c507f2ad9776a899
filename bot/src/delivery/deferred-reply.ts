import { z } from 'zod';

/**
 * A question whose answer yt-app has to give. It is asked when the answer is about to be sent, so that nothing secret in
 * it (a sign-in code) is ever on the disk, and nobody reads what is no longer true.
 */
export const DeferredReply = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('sign-in'), userId: z.number(), name: z.string() }),
  z.object({ kind: z.literal('sign-out'), userId: z.number() }),
  z.object({ kind: z.literal('stats'), userId: z.number() }),
]);
export type DeferredReply = z.infer<typeof DeferredReply>;

import { z } from 'zod';

/**
 * A reply that needs a call to yt-app for the person who asked. The call is made when the reply is sent, so a secret (a sign-in code)
 * is never written to the disk, and the content is current.
 */
export const DeferredReply = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('sign-in'), userId: z.number() }),
  z.object({ kind: z.literal('sign-out'), userId: z.number() }),
  z.object({ kind: z.literal('stats'), userId: z.number() }),
  z.object({ kind: z.literal('doctor'), userId: z.number() }),
  z.object({ kind: z.literal('deliveries'), userId: z.number() }),
  z.object({ kind: z.literal('reports'), userId: z.number() }),
  z.object({ kind: z.literal('set-reports'), userId: z.number(), isOn: z.boolean() }),
  z.object({ kind: z.literal('keep-item'), userId: z.number(), mediaId: z.string() }),
  z.object({ kind: z.enum(['make-audio', 'fetch-item']), userId: z.number(), mediaId: z.string() }),
  z.object({ kind: z.literal('stop-job'), userId: z.number(), jobId: z.string() }),
  z.object({ kind: z.literal('following'), userId: z.number() }),
  z.object({
    kind: z.literal('change-following'),
    userId: z.number(),
    listId: z.string(),
    action: z.enum(['pause', 'go', 'stop']),
  }),
  z.object({
    kind: z.literal('answer-question'),
    userId: z.number(),
    questionId: z.string(),
    answer: z.enum(['keep', 'delete', 'later']),
  }),
]);
export type DeferredReply = z.infer<typeof DeferredReply>;

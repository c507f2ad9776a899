import type { triedWays as english } from '../../en/ways/tried-ways.ts';
import type { Translation } from '../../translation.ts';

/** Spanish: {@link english}. */
export const triedWays = {
  failed: (ways) => `Se probó: ${ways}.`,
  worked: (way, failed) => `Se llegó por «${way}». Antes: ${failed}.`,
} satisfies Translation<typeof english>;

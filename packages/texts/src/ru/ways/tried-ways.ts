import type { triedWays as english } from '../../en/ways/tried-ways.ts';
import type { Translation } from '../../translation.ts';

/** Russian: {@link english}. */
export const triedWays = {
  failed: (ways) => `Испробовано: ${ways}.`,
  worked: (way, failed) => `Получилось способом «${way}». До этого: ${failed}.`,
} satisfies Translation<typeof english>;

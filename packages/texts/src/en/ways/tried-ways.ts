/** The ways by which a job has tried to reach its source, in the bot and on the site. */
export const triedWays = {
  failed: (ways: string) => `Tried: ${ways}.`,
  worked: (way: string, failed: string) => `Reached by “${way}”. Before that: ${failed}.`,
};

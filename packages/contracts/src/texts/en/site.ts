/** What the site says. */
export const site = {};

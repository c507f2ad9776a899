/** What was seen last of each thing that is watched, and since when, in milliseconds since 1970. */
export const upkeepMigration = `
CREATE TABLE conditions (
  subject TEXT PRIMARY KEY,
  state TEXT NOT NULL,
  since INTEGER NOT NULL
) STRICT;
`;

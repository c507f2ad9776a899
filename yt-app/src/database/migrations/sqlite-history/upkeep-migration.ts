/** The last observed state of each subject, and its start in milliseconds since 1970. */
export const upkeepMigration = `
CREATE TABLE conditions (
  subject TEXT PRIMARY KEY,
  state TEXT NOT NULL,
  since INTEGER NOT NULL
) STRICT;
`;

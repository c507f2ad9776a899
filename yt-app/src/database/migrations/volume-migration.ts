/** The id of the marker that the database has seen; at most one row. */
export const volumeMigration = `
CREATE TABLE media_volume (
  number INTEGER PRIMARY KEY CHECK (number = 1),
  id TEXT NOT NULL
) STRICT;
`;

/** The id of the media volume's marker; at most one row. */
export const volumeMigration = `
CREATE TABLE media_volume (
  number INTEGER PRIMARY KEY CHECK (number = 1),
  id TEXT NOT NULL
) STRICT;
`;

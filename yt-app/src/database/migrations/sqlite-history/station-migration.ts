/** The requested tracks, in the order of `position`. A deleted item leaves the queue. */
export const stationMigration = `
CREATE TABLE station_requests (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  media_id TEXT NOT NULL UNIQUE REFERENCES media (id) ON DELETE CASCADE
) STRICT;
`;

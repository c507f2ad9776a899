/**
 * Indexes that the queries of both databases can use: of durations, on the expression by which they are sorted; of airable tracks, in
 * airing order.
 */
export const sortIndexMigration = `
DROP INDEX media_duration;
CREATE INDEX media_duration ON media (coalesce(duration_seconds, -1), id);
DROP INDEX media_airable;
CREATE INDEX media_airable ON media (aired_at, created_at DESC, id) WHERE type = 'audio' AND state = 'ready' AND has_file = 1;
`;

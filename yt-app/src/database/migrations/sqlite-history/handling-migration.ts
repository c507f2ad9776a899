/** The MP3 of an audio item is always encoded; earlier versions wrote `copied` when its rendition was copied. */
export const handlingMigration = `
UPDATE media SET handling = 'encoded' WHERE has_file = 1;
UPDATE jobs SET handling = 'encoded' WHERE type = 'audio' AND handling IS NOT NULL;
`;

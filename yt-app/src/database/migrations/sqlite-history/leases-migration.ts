/** Leases of workers. `fence` counts the claims of a job; `worker` and its `instance` are those of the last claim. */
export const leasesMigration = `
ALTER TABLE jobs ADD COLUMN fence INTEGER NOT NULL DEFAULT 0;
ALTER TABLE jobs ADD COLUMN worker TEXT;
ALTER TABLE jobs ADD COLUMN instance TEXT;
`;

import { isPermitted, type Viewer } from '@linkcast/contracts';
import { sql, type RawBuilder, type SqlBool } from 'kysely';

/** The condition of the rows of `jobs` or `media` that a viewer sees, as `canSee` decides for one; undefined: all. */
export function visibleRows(viewer: Viewer): RawBuilder<SqlBool> | undefined {
  if (viewer === 'everything') return undefined;
  const { personId, role } = viewer;
  if (role !== null && isPermitted('see-private', 'other', role)) return undefined;
  return openOrOwn(personId);
}

/** The condition of the rows of `jobs` or `media` that are for everyone, or of one person (null: nobody). */
export function openOrOwn(personId: string | null): RawBuilder<SqlBool> {
  return sql<SqlBool>`(visibility = 'everyone' OR person_id = ${personId})`;
}

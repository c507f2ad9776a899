import { createHmac } from 'node:crypto';

/**
 * What the edge answers at `paths.selfCheck`, so that a request to the public name finds out whether it has come home: 32
 * hex digits made from the API token, from which nobody can get back to it.
 */
export function installationMark(apiToken: string): string {
  return createHmac('sha256', apiToken).update('linkcast installation').digest('hex').slice(0, 32);
}

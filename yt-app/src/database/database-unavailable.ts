/** The server of the database cannot be reached, or has ended the connection. What was written before is not lost. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable';
}

/** Texts of the API, except problems. */
export const api = {
  /** The ancestor's download call, when the link could not be resolved. `reason` is the problem's sentence. */
  extractingInfo: (reason: string) => `Error extracting info: ${reason}`,
  cancelled: 'The job was cancelled.',
  faults: {
    missing: 'is missing',
    unknown: 'is not a field of this request',
    idempotencyKey: 'must be 1 to 200 printable characters',
    tooMany: 'and more',
  },
  /** A signed-in browser in the list of devices. */
  device: {
    browserOn: (browser: string, system: string) => `${browser} on ${system}`,
    unknown: 'Unknown device',
  },
  /** The program that asks for a sign-in code, on the server. */
  signInCode: {
    ytAppAway: 'Linkcast is not responding. Is it running?',
    refused: 'Linkcast rejects the request. Does another installation use this port?',
  },
};

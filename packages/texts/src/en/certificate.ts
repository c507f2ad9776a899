/** Texts of certbot's keeper about the certificate. */
export const certificate = {
  /** Reasons for which no certificate was obtained. */
  failures: {
    connection:
      'The certificate could not be obtained: nobody answered at the name from outside. Port 80 is probably not forwarded to this server.',
    'wrong-answer':
      'The certificate could not be obtained: something else answered at the name. It may lead to another address, or the router answers itself.',
    dns: 'The certificate could not be obtained: the name could not be looked up in DNS. It may not exist yet.',
    'rate-limited':
      'The certificate could not be obtained: the certificate authority wants us to wait, as there were too many attempts.',
    caa: 'The certificate could not be obtained: a CAA record of the name does not allow this certificate authority.',
    'refused-name': 'The certificate could not be obtained: the certificate authority does not accept this name.',
    'unknown-account':
      'The certificate could not be obtained: the certificate authority does not know our account any more. A new one is made.',
    'nonces-rejected':
      'The certificate could not be obtained: the certificate authority rejected what it had just given us. It is tried again.',
    'server-fault':
      'The certificate could not be obtained: the certificate authority answered with an error of its own. It is tried again.',
    'server-away':
      'The certificate could not be obtained: the certificate authority does not answer. It is tried again.',
    'record-not-set':
      'The certificate could not be obtained: the record that proves the name could not be set at the DNS provider.',
    'disk-full': 'The certificate could not be obtained: the disk is full.',
    'not-writable': 'The certificate could not be obtained: the data directory cannot be written.',
    interrupted: 'The certificate could not be obtained: the attempt was interrupted. It is tried again.',
    'program-missing': 'The certificate could not be obtained: the program certbot is missing, or does not run.',
    other: 'The certificate could not be obtained, for an unusual reason. The logs of certbot have the details.',
  },
  /** Reasons for which an obtained certificate is not in use. */
  publishing: {
    unreadable: 'The certificate that was obtained cannot be read; another is fetched.',
    'wrong-key': 'The certificate that was obtained does not fit its key; another is fetched.',
    'wrong-name': 'The certificate that was obtained is for another name; another is fetched.',
    expired: 'The certificate that was obtained has expired. Is the clock of this server right?',
    'broken-chain': 'The certificate that was obtained came with a broken chain; another is fetched.',
    'disk-full': 'The new certificate could not be put in place: the disk is full.',
    'not-writable': 'The new certificate could not be put in place: its directory cannot be written.',
  },
  /** The state of the certificate, for the readiness check; `until` is a date. */
  states: {
    off: () => 'no DOMAIN_NAME, so no certificate is obtained',
    missing: () => 'none was obtained yet',
    valid: (until: string) => `valid until ${until}`,
    due: (until: string) => `valid until ${until}, and it should have been renewed already`,
    expired: (until: string) => `expired on ${until}`,
  },
};

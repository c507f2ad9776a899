import { formatsOf } from '../../formats/formats.ts';

const { date } = formatsOf('en');

/** Messages of certbot's keeper about the certificate. */
export const certificateMessages = {
  // Reasons for which no certificate was obtained
  'certificate-connection': () =>
    'No certificate could be obtained: the site is not reachable from outside. Port 80 is probably not forwarded to this server.',
  'certificate-wrong-answer': () =>
    'No certificate could be obtained: another server answered at the name. The name may point to another address, or the router answers itself.',
  'certificate-dns': () => 'No certificate could be obtained: the name was not found in DNS. It may not exist yet.',
  'certificate-rate-limited': () =>
    'No certificate could be obtained: there were too many attempts, and the certificate authority asks for a pause.',
  'certificate-caa': () =>
    'No certificate could be obtained: a CAA record of the name does not allow this certificate authority.',
  'certificate-refused-name': () =>
    'No certificate could be obtained: the certificate authority does not accept this name.',
  'certificate-unknown-account': () =>
    'No certificate could be obtained: the certificate authority no longer has our account. A new one is created.',
  'certificate-nonces-rejected': () =>
    'No certificate could be obtained: the certificate authority rejected its own nonce. Linkcast will retry.',
  'certificate-server-fault': () =>
    'No certificate could be obtained: the certificate authority answered with an error of its own. Linkcast will retry.',
  'certificate-server-away': () =>
    'No certificate could be obtained: the certificate authority is not responding. Linkcast will retry.',
  'certificate-record-not-set': () =>
    'No certificate could be obtained: the DNS record for the challenge could not be set at the provider.',
  'certificate-disk-full': () => 'No certificate could be obtained: the disk is full.',
  'certificate-not-writable': () => 'No certificate could be obtained: the data directory is not writable.',
  'certificate-interrupted': () =>
    'No certificate could be obtained: the attempt was interrupted. Linkcast will retry.',
  'certificate-program-missing': () =>
    'No certificate could be obtained: the program certbot is missing or does not start.',
  'certificate-other': () =>
    'No certificate could be obtained, for an unusual reason. The logs of certbot have the details.',

  // Reasons for which an obtained certificate is not in use
  'publish-unreadable': () => 'The new certificate cannot be read. Linkcast will get another.',
  'publish-wrong-key': () => 'The new certificate does not match its key. Linkcast will get another.',
  'publish-wrong-name': () => 'The new certificate is for another name. Linkcast will get another.',
  'publish-expired': () => 'The new certificate has already expired. Is the clock of this server right?',
  'publish-broken-chain': () => 'The new certificate has a broken chain. Linkcast will get another.',
  'publish-disk-full': () => 'The new certificate could not be saved: the disk is full.',
  'publish-not-writable': () => 'The new certificate could not be saved: its directory is not writable.',

  // The state
  'certificate-off': () => 'No DOMAIN_NAME is set, so there is no certificate.',
  'certificate-missing': () => 'no certificate yet',
  'certificate-valid': ({ until }: { until: string }) => `valid until ${date(until)}`,
  'certificate-due': ({ until }: { until: string }) => `valid until ${date(until)}, due for renewal`,
  'certificate-expired': ({ until }: { until: string }) => `expired on ${date(until)}`,
};

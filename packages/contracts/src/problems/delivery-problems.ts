import type { ProblemDefinition } from './problem-definition.ts';

/** The problems of the delivery of items to folders and servers. */
export const deliveryProblems = {
  'delivery-unconfirmed': {
    status: 409,
    retryable: false,
    when: 'Nobody has confirmed the host key of the SFTP server, or the certificate of the FTPS server that no authority has signed.',
  },
  'delivery-host-key': {
    status: 502,
    retryable: false,
    when: 'The server has another host key or certificate than the confirmed one. Neither password nor file was sent.',
  },
  'delivery-login': { status: 502, retryable: false, when: 'The server refuses the user, the password or the key.' },
  'delivery-unreachable': {
    status: 502,
    retryable: true,
    when: 'The server cannot be reached, sends nothing for too long, or ends the connection.',
  },
  'delivery-refused': {
    status: 502,
    retryable: true,
    when: 'The server or the folder does not let the file be written.',
  },
  'delivery-full': { status: 507, retryable: true, when: 'The target has no room left.' },
  'delivery-mismatch': {
    status: 502,
    retryable: true,
    when: 'Size or checksum of the file on the target are not those of the file that was sent.',
  },
  'delivery-folder-unset': {
    status: 409,
    retryable: false,
    when: 'The worker has no DELIVERY_DIR, or its disk is not mounted.',
  },
  'too-many-targets': { status: 409, retryable: false, when: 'There are 20 delivery targets.' },
} as const satisfies Record<string, ProblemDefinition>;

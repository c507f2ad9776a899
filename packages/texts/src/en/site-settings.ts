import { formatsOf } from '../formats/formats.ts';

const { timeAgo } = formatsOf('en');

/** Texts of the site about passkeys and personal API keys. */
export const siteSettings = {
  passkeys: {
    heading: 'Passkeys',
    hint: 'Sign in with your fingerprint, your face or the PIN of your device, without a code.',
    signIn: 'Sign in with a passkey',
    add: 'Add a passkey',
    adding: 'Waiting for the device…',
    added: 'You can now sign in with this passkey.',
    offerHeading: (name: string) => `Welcome, ${name}`,
    offerLead:
      'With a passkey you come back at any time: your fingerprint, your face or the PIN of this device signs you in. Without one you would need a new invitation after signing out.',
    later: 'Not now',
    made: (at: string) => `Made ${timeAgo(at)}`,
    used: (at: string) => `Used ${timeAgo(at)}`,
    rename: 'Rename the passkey',
    renameOf: (name: string) => `Rename ${name}`,
    name: 'Name',
    renamed: 'Renamed.',
    revoke: 'Revoke',
    revokeOf: (name: string) => `Revoke ${name}`,
    revokeHeading: (name: string) => `Revoke ${name}?`,
    revokeHint:
      'It no longer signs anybody in. Devices that are signed in stay so. You can also delete it on the device.',
    revoked: 'That passkey no longer works.',
    none: 'None.',
    elsewhere: (name: string) => `Passkeys work only over HTTPS at ${name}: open Linkcast there to add one.`,
    noName: (host: string) =>
      `Passkeys do not work at ${host}: they need a name with HTTPS, which the owner sets as DOMAIN_NAME.`,
    noBrowser: 'This browser has no passkeys.',
    prompt: {
      cancelled: 'No passkey was used. Try again, or use a code.',
      known: 'This device already has a passkey of yours.',
      failed: 'The device could not do this. Try again, or use a code.',
    },
  },

  keys: {
    heading: 'API keys',
    hint: 'For a script, a shortcut or an app that works for you.',
    make: 'Make a key',
    makeHeading: 'New API key',
    name: 'Name',
    namePlaceholder: 'Shortcut on my phone',
    may: 'It may',
    scopes: { watch: 'watch', add: 'add', manage: 'manage' },
    scopeHints: {
      watch: 'See and play the library and the radio',
      add: 'Send links, rename, delete, share',
      manage: 'See the people and the health of the server',
    },
    key: 'The key',
    keyHint: 'It is shown only once. Whoever has it acts as you: keep it like a password.',
    copy: 'Copy',
    copied: 'Copied.',
    copyRefused: 'The browser blocked the clipboard. Copy the key from the field yourself.',
    done: 'Done',
    unused: (scopes: string) => `${scopes} · never used`,
    used: (scopes: string, at: string) => `${scopes} · used ${timeAgo(at)}`,
    revoke: 'Revoke',
    revokeOf: (name: string) => `Revoke ${name}`,
    revokeHeading: (name: string) => `Revoke ${name}?`,
    revokeHint: 'Whatever uses this key stops working at once.',
    revoked: 'That key no longer works.',
  },
};

import { formatsOf } from '../../formats/formats.ts';

const { counted, moment, timeAgo } = formatsOf('en');

/** Texts of the site about people and invitations. */
export const sitePeople = {
  join: {
    heading: 'You are invited',
    lead: 'Linkcast plays videos and music from links, seconds after you send them. This one is private; with your invitation you can watch, listen and add things of your own.',
    name: 'Your name',
    nameHint: 'So that the others recognise you.',
    submit: 'Join',
    working: 'Joining…',
    incompleteHeading: 'This link is incomplete',
    incompleteHint: 'Open the whole link of the invitation, or ask for a new one.',
    signIn: 'Sign in with a code',
    signedInHeading: 'You are already in',
    signedInHint:
      'You need no invitation to stay. If this one is for an owner, accepting it makes you an owner. If it is meant for somebody else, send it on.',
    accept: 'Accept the invitation',
  },

  people: {
    heading: 'People',
    you: 'You',
    seen: (at: string) => `Seen ${timeAgo(at)}`,
    notSeen: 'Not seen yet',
    telegram: 'With Telegram',
    noTelegram: 'Without Telegram',
    console: 'Owner of the server',
    actions: (name: string) => `Actions for ${name}`,
    consoleHint: 'Whoever has the server signs in as this owner. Nobody can remove them or take the role away.',
    rename: 'Rename',
    name: 'Name',
    renamed: 'Renamed.',
    makeOwner: 'Make an owner',
    makeMember: 'Make a member',
    roleChanged: 'The role is changed.',
    stepDownHeading: 'Give up the owner role?',
    stepDownHint: 'You can then no longer let people in or manage this Linkcast. Only another owner can undo it.',
    stepDown: 'Become a member',
    remove: 'Remove',
    removeHeading: (name: string) => `Remove ${name}?`,
    removeHint:
      'All their devices are signed out at once, the bot no longer answers them, and the links they shared stop working. What they added stays. To come back they need a new invitation.',
    removed: (name: string) => `${name} is removed.`,
    loading: 'Loading the people',
    forOwnersHeading: 'Only for owners',
    forOwnersHint: 'Owners let people in and change their roles. Ask one of them.',
  },

  invite: {
    invite: 'Invite',
    heading: 'Invite people',
    hint: 'Whoever has the link can join, on the site or in Telegram.',
    hintWithoutBot: 'Whoever has the link can join on the site.',
    role: 'Role',
    roleHints: {
      member: 'Members watch, listen, add and share.',
      owner: 'Owners can do everything: also remove people, and see and delete what belongs to others.',
    },
    uses: 'For',
    people: (count: number) => counted(count, { one: 'person', other: 'people' }),
    make: 'Make a link',
    makeAnother: 'Make another link',
    link: 'The invitation',
    linkHint: 'It is shown only once. If you lose it, make another.',
    copied: 'Copied. Send it to whom you invite.',
    copyTelegram: 'Copy Telegram link',
    qrLabel: 'QR code of the invitation',
    qrHint: 'Or let them point the camera of a phone at this.',
    localHint:
      'This link works on this computer only. To invite others, open Linkcast by its name or its address in the network.',
    list: 'Open invitations',
    none: 'None at the moment.',
    entry: (role: string, count: number) => `${role}, for ${counted(count, { one: 'person', other: 'people' })}`,
    untilBy: (at: string, name: string) => `Until ${moment(at)} · made by ${name}`,
    revoke: 'Revoke',
    revokeOf: (at: string) => `Revoke the invitation that is valid until ${moment(at)}`,
    revoked: 'That invitation no longer works.',
  },
};

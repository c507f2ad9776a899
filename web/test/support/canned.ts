import {
  Caller,
  Health,
  Invitation,
  Job,
  Media,
  Passkey,
  paths,
  Person,
  PersonalKey,
  rightsOf,
  Session,
  Share,
  Station,
  StationTrack,
} from '@linkcast/contracts';

/** Schema-valid data for tests, with defaults for the fields not given. */

/** Returns a valid media id that begins with a name: 20 characters of a-z and 2-7. */
export function mediaId(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z2-7]/g, '')
    .padEnd(20, 'a')
    .slice(0, 20);
}

export function aMedia(fields: Partial<Media> & { id: string }): Media {
  const type = fields.type ?? 'video';
  const page = type === 'video' ? paths.watch(fields.id) : paths.listen(fields.id);
  return Media.parse({
    personId: 'ada',
    type,
    title: 'A film',
    uploader: 'Somebody',
    sourceUrl: 'https://www.example.com/watch?v=1',
    extractor: 'generic',
    durationSeconds: 16,
    bytes: 310_000_000,
    renditions: [],
    handling: 'copied',
    state: 'ready',
    jobId: null,
    poster: null,
    links: {
      page,
      hls: paths.masterPlaylist(fields.id),
      file: type === 'audio' ? paths.audioFile(fields.id) : null,
    },
    createdAt: '2026-11-20T10:00:00.000Z',
    ...fields,
  });
}

export function aJob(fields: Partial<Job> & { id: string }): Job {
  return Job.parse({
    state: 'downloading',
    type: 'video',
    url: 'https://www.example.com/watch?v=1',
    quality: 'best',
    title: 'A film',
    progress: {
      ratio: 0.43,
      bytes: 129_000_000,
      totalBytes: 300_000_000,
      bytesPerSecond: 2_000_000,
      etaSeconds: 118,
    },
    playable: false,
    handling: null,
    attempt: 1,
    mediaId: null,
    requesterId: 'ada',
    links: { page: null, hls: null, file: null },
    parentId: null,
    children: null,
    problem: null,
    retry: null,
    createdAt: '2026-11-20T10:00:00.000Z',
    startedAt: '2026-11-20T10:00:01.000Z',
    playableAt: null,
    finishedAt: null,
    ...fields,
  });
}

export function aTrack(fields: Partial<StationTrack> & { mediaId: string }): StationTrack {
  return StationTrack.parse({
    title: 'A song',
    uploader: 'A band',
    durationSeconds: 215,
    poster: null,
    requested: false,
    startedAt: null,
    ...fields,
  });
}

export function aStation(fields: Partial<Station> = {}): Station {
  return Station.parse({
    online: true,
    now: null,
    next: [],
    history: [],
    listeners: 0,
    stream: paths.stream,
    bufferSeconds: 4,
    ...fields,
  });
}

export function aCaller(fields: Partial<Caller> & { role: Caller['role'] }): Caller {
  return Caller.parse({
    personId: fields.role === 'owner' || fields.role === 'member' ? 'ada' : null,
    name: null,
    rights: rightsOf[fields.role],
    preferences: null,
    mediaId: null,
    expiresAt: null,
    maxHeight: 1080,
    hasSponsorBlock: false,
    botName: 'linkcast_bot',
    passkeyDomain: 'localhost',
    ...fields,
  });
}

export function aPersonalKey(fields: Partial<PersonalKey> & { id: string }): PersonalKey {
  return PersonalKey.parse({
    name: 'Shortcut',
    scopes: ['add'],
    createdAt: '2026-01-01T00:00:00.000Z',
    usedAt: null,
    ...fields,
  });
}

export function aPasskey(fields: Partial<Passkey> & { id: string }): Passkey {
  return Passkey.parse({
    name: 'Chrome on Android',
    isBackedUp: true,
    createdAt: '2026-01-01T00:00:00.000Z',
    usedAt: null,
    ...fields,
  });
}

export function aSession(fields: Partial<Session> & { id: string }): Session {
  return Session.parse({
    personId: 'ada',
    role: 'owner',
    name: 'Ada',
    device: 'Firefox on Android',
    isCurrent: false,
    createdAt: '2026-11-01T10:00:00.000Z',
    seenAt: '2026-11-20T10:00:00.000Z',
    expiresAt: '2027-11-01T10:00:00.000Z',
    ...fields,
  });
}

export function aPerson(fields: Partial<Person> & { id: string }): Person {
  return Person.parse({
    name: 'Grace',
    role: 'member',
    language: null,
    telegramId: null,
    isConsole: false,
    limits: {},
    invitedBy: null,
    createdAt: '2026-11-01T10:00:00.000Z',
    seenAt: '2026-11-20T10:00:00.000Z',
    ...fields,
  });
}

export function anInvitation(fields: Partial<Invitation> & { id: string }): Invitation {
  return Invitation.parse({
    role: 'member',
    usesLeft: 1,
    createdBy: 'ada',
    createdAt: '2026-11-20T10:00:00.000Z',
    expiresAt: '2026-11-27T10:00:00.000Z',
    ...fields,
  });
}

export function aShare(fields: Partial<Share> & { id: string }): Share {
  return Share.parse({
    mediaId: null,
    createdAt: '2026-11-20T10:00:00.000Z',
    expiresAt: '2026-11-27T10:00:00.000Z',
    ...fields,
  });
}

export function aHealth(fields: Partial<Health> = {}): Health {
  return Health.parse({
    status: 'ok',
    version: '0.1.0',
    checks: [
      { name: 'downloader', ok: true, detail: 'yt-dlp 2026.11.04' },
      { name: 'certificate', ok: true, detail: 'good until 1 February 2027' },
    ],
    name: null,
    certificate: null,
    reachability: { state: 'local', sentence: 'No DOMAIN_NAME is set: nobody outside reaches the site.' },
    notices: [],
    ...fields,
  });
}

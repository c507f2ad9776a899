/** What the lock screen shows, and what its buttons do. */
export interface SessionInfo {
  readonly title: string;
  readonly artist: string;
  /** Path of the cover. */
  readonly artwork: string | null;
  readonly actions: Partial<Record<MediaSessionAction, MediaSessionActionHandler>>;
}

/** Takes the lock screen and the media keys; what it gives back lets go of them. */
export function takeMediaSession({ title, artist, artwork, actions }: SessionInfo): () => void {
  if (!('mediaSession' in navigator)) return () => undefined;
  const { mediaSession } = navigator;
  const metadata = new MediaMetadata({
    title,
    artist,
    artwork: artwork === null ? [] : [{ src: artwork, type: 'image/jpeg' }],
  });
  mediaSession.metadata = metadata;
  const names = Object.keys(actions) as MediaSessionAction[]; // the keys are the names
  for (const name of names) setHandler(name, actions[name] ?? null);

  return () => {
    if (mediaSession.metadata !== metadata) return; // somebody else has taken it since
    mediaSession.metadata = null;
    for (const name of names) setHandler(name, null);
  };
}

function setHandler(name: MediaSessionAction, handler: MediaSessionActionHandler | null): void {
  try {
    navigator.mediaSession.setActionHandler(name, handler);
  } catch (error) {
    console.debug('media key not known to this browser', name, error);
  }
}

/** The buttons of a lock screen for an element that can be sought in. */
export function seekActions(element: HTMLMediaElement): SessionInfo['actions'] {
  const jump = (seconds: number) => (element.currentTime = Math.max(0, element.currentTime + seconds));
  return {
    play: () => void element.play(),
    pause: () => element.pause(),
    seekbackward: ({ seekOffset }) => void jump(-(seekOffset ?? 10)),
    seekforward: ({ seekOffset }) => void jump(seekOffset ?? 10),
    seekto: ({ seekTime }) => {
      if (seekTime !== undefined) element.currentTime = seekTime;
    },
  };
}

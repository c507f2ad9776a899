/** Metadata and button actions of the lock screen. */
export interface MediaSessionOptions {
  readonly title: string;
  readonly artist: string;
  /** Path of the cover. */
  readonly artwork: string | null;
  readonly actions: Partial<Record<MediaSessionAction, MediaSessionActionHandler>>;
}

/** Shows metadata on the lock screen and handles the media keys. @returns a function that ends both. */
export function startMediaSession({ title, artist, artwork, actions }: MediaSessionOptions): () => void {
  if (!('mediaSession' in navigator)) return () => undefined;
  const { mediaSession } = navigator;
  const metadata = new MediaMetadata({
    title,
    artist,
    artwork: artwork === null ? [] : [{ src: artwork, type: 'image/jpeg' }],
  });
  mediaSession.metadata = metadata;
  const names = Object.keys(actions) as MediaSessionAction[]; // Object.keys returns string[]; the keys of `actions` have this type
  for (const name of names) setHandler(name, actions[name] ?? null);

  return () => {
    if (mediaSession.metadata !== metadata) return; // a later call has replaced it
    mediaSession.metadata = null;
    for (const name of names) setHandler(name, null);
  };
}

function setHandler(name: MediaSessionAction, handler: MediaSessionActionHandler | null): void {
  try {
    navigator.mediaSession.setActionHandler(name, handler);
  } catch (error) {
    console.debug('media key not supported by this browser', name, error);
  }
}

/** Creates the lock screen actions of a seekable element. */
export function seekActions(element: HTMLMediaElement): MediaSessionOptions['actions'] {
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

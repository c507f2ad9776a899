import { formatsOf } from '../../formats/formats.ts';

const { counted, plural } = formatsOf('en');

/** Texts of the site about the player and the radio. */
export const sitePlaying = {
  player: {
    video: (title: string) => `Video: ${title}`,
    audio: (title: string) => `Audio: ${title}`,
    arriving: (parts: string) => (parts === '' ? 'Still downloading' : `Still downloading – ${parts}`),
    watchable: (watchable: string, total: string) => `${watchable} of ${total} playable`,
    watchableOnly: (watchable: string) => `${watchable} playable so far`,
    catchingUp: 'Waiting for the download…',
    buffering: 'Loading…',
    resumed: (clock: string) => `Resuming at ${clock}`,
    fromStart: 'From the start',
    speed: 'Speed',
    speedOf: (rate: number) => `${rate}×`,
    quality: 'Quality',
    auto: 'Auto',
    autoOf: (height: string) => `Auto (${height})`,
    height: (height: number) => `${height}p`,
    pip: 'Picture in picture',
    pipRefused: 'The browser cannot open a small window right now.',
    watchableLabel: 'Downloaded so far',
    failures: {
      network: 'The connection to the server was lost. Check the network, then try again.',
      media: 'The player could not continue with this file. Trying again often helps.',
      unsupported:
        'This browser cannot play this file. Open it in another browser, or copy the VLC link below and play it there.',
      missing: 'The file is not on the server. It may have been deleted.',
    },
  },

  radio: {
    heading: 'Radio',
    onAir: 'On air',
    offAir: 'Off air',
    connecting: 'Connecting…',
    reconnecting: 'The stream was interrupted. Reconnecting…',
    failed: 'The radio is not responding. Try again in a minute.',
    silence: 'Nothing is playing',
    silenceHint: 'Send a link as audio, to the bot or here. It plays when it is ready.',
    silenceForVisitors: 'Music plays when somebody adds some.',
    offHint: 'The station will be back soon.',
    play: 'Listen',
    stop: 'Stop',
    volume: 'Volume',
    skip: 'Skip this track',
    skipped: 'Playing the next track.',
    listeners: (count: number) => counted(count, { one: 'listener', other: 'listeners' }),
    delay: (seconds: number) =>
      `You hear everything about ${plural(seconds, { one: 'a second', other: `${seconds} seconds` })} after it goes on air.`,
    next: 'Up next',
    nothingNext: 'No requests: the station plays the whole library in turn.',
    history: 'Just played',
    requested: 'Next in line',
    request: 'Request a track',
    requestHint: 'It plays before the rest.',
    requestSearch: 'Search the music',
    requestNone: 'No music matches.',
    requestEmpty: 'There is no music in the library yet.',
    requestOne: (title: string) => `Play ${title} next`,
    bar: 'Radio player',
    open: 'Open the radio',
  },
};

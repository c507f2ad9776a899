import { streamFormat } from './stream-format.ts';
import { renderXml } from './xml.ts';

export interface EzstreamSettings {
  readonly icecastHost: string;
  readonly icecastPort: number;
  readonly sourcePassword: string;
  /** Relative to its working directory: the program that is asked for each file. */
  readonly intakeFile: string;
}

/**
 * ezstream.xml: every file is asked for, sent as it is, and its title too. ezstream starts the programs through a shell,
 * so they are named relative to its working directory: a path with a space would not survive. Holds the password: 0600.
 */
export function renderEzstreamConf(settings: EzstreamSettings): string {
  return renderXml('ezstream', {
    servers: {
      server: {
        name: 'default',
        protocol: 'HTTP',
        hostname: settings.icecastHost,
        port: settings.icecastPort,
        password: settings.sourcePassword,
        tls: 'None',
        reconnect_attempts: 0,
      },
    },
    streams: {
      stream: {
        name: 'default',
        mountpoint: streamFormat.mount,
        public: 'No',
        format: 'MP3',
        stream_name: streamFormat.name,
        stream_bitrate: streamFormat.kilobitsPerSecond,
        stream_samplerate: streamFormat.sampleRate,
        stream_channels: streamFormat.channels,
      },
    },
    intakes: { intake: { name: 'default', type: 'program', filename: `./${settings.intakeFile}` } },
    metadata: { program: './title.sh' },
  });
}

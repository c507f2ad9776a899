import { streamFormat } from './stream-format.ts';
import { renderXml } from './xml.ts';

export interface EzstreamSettings {
  readonly icecastHost: string;
  readonly icecastPort: number;
  readonly sourcePassword: string;
  /** Name of the program that ezstream runs for each file, in its working directory. */
  readonly intakeFile: string;
}

/**
 * Renders ezstream.xml: a program names each file and its title, and files are sent unchanged. ezstream starts programs
 * through a shell, so they are named relative to its working directory: a path with a space would fail. Holds a password.
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

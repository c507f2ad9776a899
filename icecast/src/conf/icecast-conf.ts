import { BURST_BYTES, QUEUE_BYTES, streamFormat } from './stream-format.ts';
import { renderXml } from './xml.ts';

export interface IcecastSettings {
  readonly host: string;
  readonly port: number;
  readonly sourcePassword: string;
  readonly adminPassword: string;
  /** Directory that Icecast may write to. Its logs go to standard error. */
  readonly directory: string;
  /** User that Icecast changes to when root starts it; it refuses to run as root. */
  readonly user: { readonly name: string; readonly group: string } | undefined;
}

const LISTENERS = 300;
const PAGES_DIRECTORY = '/usr/share/icecast2';

/** Renders icecast.xml: one mount for one source, listed in no directory, without an address of a person. Holds passwords. */
export function renderIcecastConf(settings: IcecastSettings): string {
  const { user } = settings;
  return renderXml('icecast', {
    location: 'home',
    admin: streamFormat.name,
    hostname: 'localhost',
    limits: {
      clients: LISTENERS,
      sources: 1,
      'queue-size': QUEUE_BYTES,
      'client-timeout': 30,
      'header-timeout': 15,
      'source-timeout': 10,
      'burst-size': BURST_BYTES,
    },
    authentication: {
      'source-password': settings.sourcePassword,
      'relay-password': settings.adminPassword,
      'admin-user': 'admin',
      'admin-password': settings.adminPassword,
    },
    'listen-socket': { port: settings.port, 'bind-address': settings.host },
    mount: {
      'mount-name': streamFormat.mount,
      public: 0,
      charset: 'UTF-8',
      'queue-size': QUEUE_BYTES,
      'burst-size': BURST_BYTES,
    },
    fileserve: 0,
    paths: {
      logdir: settings.directory,
      webroot: `${PAGES_DIRECTORY}/web`,
      adminroot: `${PAGES_DIRECTORY}/admin`,
    },
    logging: { accesslog: '-', errorlog: '-', loglevel: 3 },
    security: { chroot: 0, ...(user ? { changeowner: { user: user.name, group: user.group } } : {}) },
  });
}

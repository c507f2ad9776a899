import { firstOf } from '../../first-of.ts';
import { formatsOf } from '../../formats/formats.ts';

const { counted, date, list } = formatsOf('en');

/** `ids`: the first of them. */
interface KeptFolders {
  readonly count: number;
  readonly ids: readonly string[];
}

interface Ports {
  readonly httpPort: number;
  readonly httpsPort: number;
}

const steps = ({ httpPort, httpsPort }: Ports): string =>
  `In the router, forward port 80 to port ${httpPort} and port 443 to port ${httpsPort} of this machine.`;
const folders = (count: number): string => counted(count, { one: 'folder', other: 'folders' });

/** Messages of yt-app: details of the health checks, and reachability. */
export const upkeepMessages = {
  silent: () => 'not responding',
  answers: () => 'responds',
  'check-failed': () => 'could not be checked',

  // Health checks
  'workers-busy': ({ count }: { count: number }) => `${counted(count, { one: 'worker', other: 'workers' })} connected`,
  'workers-none': () => 'no worker is connected',
  /** `days`: the age of the oldest; null: unknown. */
  'downloader-versions': ({ versions, days }: { versions: readonly string[]; days: number | null }) =>
    `yt-dlp ${versions.join(', ')}${days === null ? '' : `, ${counted(days, { one: 'day', other: 'days' })} old`}`,
  'downloader-none': () => 'no worker has a safe version of yt-dlp',
  'queue-open': () => 'jobs can start',
  'queue-paused-storage': () => 'paused until the disk has room',
  'queue-paused-network': () => 'paused: several sites cannot be reached; one job at a time is tried',
  'queue-paused-downloader': () => 'paused: the downloader fails at several sites; one job at a time is tried',
  'database-disk-full': () => 'cannot be written: its disk is full',
  'database-read-only': () => 'cannot be written: its disk is read-only',
  'storage-fine': () => 'below the limit',
  'storage-over-limit': () => 'above STORAGE_LIMIT: delete something and empty the trash',
  'storage-unknown': () => 'could not be measured',
  'station-on-air': ({ count }: { count: number }) =>
    `on air, ${counted(count, { one: 'listener', other: 'listeners' })}`,

  'name-check-right': ({ name }: { name: string }) => `${name} points here`,
  'name-check-wrong': ({ name }: { name: string }) => `${name} does not point here`,
  'name-check-failing': ({ name }: { name: string }) => `${name} could not be checked or updated`,
  'name-check-unknown': ({ name }: { name: string }) => `${name} has not been checked yet`,

  // The library
  'volume-present': () => 'writable',
  'volume-missing': ({ marker }: { marker: string }) =>
    `MEDIA_DIR does not contain the library; its disk may not be mounted. Nothing is deleted, and no new jobs are accepted. To use this folder anyway, put an empty file named ${marker} into it; items without files then leave the list.`,
  'volume-foreign': ({ marker }: { marker: string }) =>
    `MEDIA_DIR contains the library of another installation. Nothing is deleted, and no new jobs are accepted. To use this folder anyway, empty the file ${marker} in it; items without files then leave the list.`,
  'library-in-order': () => 'OK',
  'library-checking': () => 'its folders are being compared with the database; new jobs start after that',
  'library-kept': ({ count, ids }: KeptFolders) =>
    `${folders(count)} in MEDIA_DIR could not be read and were left alone: ${firstOf(count, ids)}`,

  // Reachability
  'reach-local': () => 'No DOMAIN_NAME is set, so nobody outside can reach the site.',
  'reach-silent': () => 'Unknown: the parts that maintain the name and the certificate are not responding.',
  'reach-not-checked': ({ name }: { name: string }) =>
    `It has not been checked yet if ${name} is reachable from outside.`,
  'reach-fine': ({ name }: { name: string }) => `${name} is reachable.`,
  'reach-only-https': ({ name, httpPort }: { name: string; httpPort: number }) =>
    `${name} is reachable over https. Port 80 does not lead here, so addresses that start with http:// do not work: forward port 80 to port ${httpPort} of this machine.`,
  'reach-validated': ({ name, at }: { name: string; at: string }) =>
    `The certificate authority reached ${name} on ${date(at)}.`,
  'reach-unseen': ({ name, ...ports }: { name: string } & Ports) =>
    `${name} is not reachable from inside the home network. Many routers cannot do that, so try it from a phone without Wi-Fi. ${steps(ports)}`,
  'reach-closed-outside': ({ name, ...ports }: { name: string } & Ports) =>
    `The certificate authority could not reach this machine at ${name} on port 80. ${steps(ports)}`,
  'reach-closed': ({ name, ...ports }: { name: string } & Ports) => `${name} is not responding. ${steps(ports)}`,
  'reach-strange': ({ name, ...ports }: { name: string } & Ports) =>
    `Another server answers at ${name}, perhaps the router itself. ${steps(ports)}`,
  'reach-carrier-nat': ({ address }: { address: string }) =>
    `The internet provider shares one address among several customers (carrier-grade NAT; the router has ${address}), so nobody outside can connect. Ask the provider for a public IPv4 address.`,
  'reach-second-router': ({ address, ...ports }: { address: string } & Ports) =>
    `The router is behind another router (it has the private address ${address}). Forward both ports there too, or switch that one to bridge mode. ${steps(ports)}`,
  'reach-wrong-address': ({ name, served, own }: { name: string; served: readonly string[]; own: string | null }) => {
    const target = served.length === 0 ? 'no address' : list(served);
    return own === null
      ? `${name} points to ${target}, which is not this connection.`
      : `${name} points to ${target}, but this connection has the address ${own}.`;
  },
};

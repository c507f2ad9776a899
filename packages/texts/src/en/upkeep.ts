const lookAtLogs = 'Look at make logs.';
const withError = (sentence: string, error: string | undefined) =>
  error === undefined ? sentence : `${sentence} ${error}`;

/** Notices for the owner about name, certificate and reachability, composed by yt-app. Dates are formatted already. */
export const upkeep = {
  /** Names of the checks in the health. */
  checks: { name: 'public name', certificate: 'certificate', reachable: 'reachable' },
  silent: 'does not answer',

  name: {
    right: (name: string) => `${name} leads here`,
    wrong: (name: string) => `${name} does not lead here`,
    failing: (name: string) => `${name} could not be looked after`,
    unknown: (name: string) => `${name} was not looked at yet`,
  },
  certificate: {
    until: (date: string) => `good until ${date}`,
    due: (date: string) => `good until ${date}, to be renewed`,
    expired: (date: string) => `expired on ${date}`,
    missing: 'none obtained yet',
  },

  reachability: {
    local: 'No DOMAIN_NAME is set: nobody outside reaches the site.',
    silent: 'Cannot be told: the parts that look after name and certificate do not answer.',
    notYet: (name: string) => `Whether ${name} can be reached from outside was not looked at yet.`,
    reachable: (name: string) => `${name} can be reached.`,
    onlyHttps: (name: string, httpPort: number) =>
      `${name} can be reached by https. Port 80 does not lead here, so addresses that begin with http:// do not work: forward port 80 to port ${httpPort} of this machine.`,
    validated: (name: string, date: string) => `The certificate authority reached ${name} on ${date}.`,
    unseen: (name: string) =>
      `${name} does not answer from inside the home network. Many routers cannot do that, so try it from a phone without Wi-Fi.`,
    closedOutside: (name: string, steps: string) =>
      `The certificate authority could not reach this machine at ${name} by port 80. ${steps}`,
    closed: (name: string, steps: string) => `Nobody answers at ${name}. ${steps}`,
    strange: (name: string, steps: string) => `Something else answers at ${name}, perhaps the router itself. ${steps}`,
    steps: (httpPort: number, httpsPort: number) =>
      `In the router, forward port 80 to port ${httpPort} and port 443 to port ${httpsPort} of this machine.`,
    carrierNat: (address: string) =>
      `The internet provider shares one address among several customers (carrier NAT; the router has ${address}), so that nobody outside can connect. Ask the provider for a public IPv4 address of your own.`,
    secondRouter: (address: string, steps: string) =>
      `The router is behind another router (it has the private address ${address}). Forward both ports there too, or make that one a bridge. ${steps}`,
    wrongAddress: (name: string, served: string, own: string | null) =>
      own === null
        ? `${name} leads to ${served}, which is not this line.`
        : `${name} leads to ${served}, but this line has the address ${own}.`,
    noAddress: 'no address',
  },

  notices: {
    name: (name: string, error?: string) =>
      withError(`For over an hour ${name} has not been in order: it may not lead here.`, error),
    certificateMissing: (name: string, error?: string) =>
      withError(`For over an hour no certificate could be obtained for ${name}. I keep trying.`, error),
    certificateDue: (name: string, date: string, error?: string) =>
      withError(
        `The certificate of ${name} is good until ${date}, and should have been renewed by now. I keep trying.`,
        error,
      ),
    certificateLastWeek: (name: string, days: number, error?: string) =>
      withError(
        `The certificate of ${name} ends ${days <= 1 ? 'within a day' : `in ${days} days`}, and could not be renewed so far.`,
        error,
      ),
    certificateExpired: (name: string, date: string, error?: string) =>
      withError(`The certificate of ${name} expired on ${date}: browsers warn of the site.`, error),
    nameSilent: `The part that keeps the public name has not answered for an hour. ${lookAtLogs}`,
    certificateSilent: `The part that keeps the certificate has not answered for an hour. ${lookAtLogs}`,
  },
};

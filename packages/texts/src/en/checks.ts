/** Names of the health checks, by the name that the API gives them. */
export const checks = {
  database: 'database',
  worker: 'worker',
  downloader: 'downloader',
  'media volume': 'media volume',
  'disk space': 'disk space',
  station: 'radio station',
  library: 'library',
  'public name': 'domain name',
  certificate: 'certificate',
  reachable: 'reachable from outside',
};

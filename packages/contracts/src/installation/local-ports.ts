/** The settings that choose the ports of `make local`. */
export const localPortSettings = [
  'HTTP_PORT',
  'HTTPS_PORT',
  'YT_APP_PORT',
  'ICECAST_PORT',
  'STATION_PORT',
  'DDNS_PORT',
  'CERTBOT_PORT',
  'EGRESS_PORT',
] as const;

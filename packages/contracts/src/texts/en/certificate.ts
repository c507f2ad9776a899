/** What certbot's keeper says of the certificate. */
export const certificate = {};

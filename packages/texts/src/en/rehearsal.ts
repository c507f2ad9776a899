/** Texts of `make cert-staging`. */
export const rehearsal = {
  starting: (name: string, challenge: string) => `Trying to obtain a test certificate for ${name} by ${challenge}…`,
  works: (name: string, challenge: string) => `It works: a certificate for ${name} can be obtained by ${challenge}.`,
  failed: 'It does not work yet.',
  stopped: 'Stopped.',
};

import type { api as english } from '../en/api.ts';
import type { Translation } from '../translation.ts';

/** Spanish: {@link english}. */
export const api = {
  extractingInfo: (reason) => `Error extracting info: ${reason}`,
  cancelled: 'La tarea se ha cancelado.',
  faults: {
    missing: 'falta',
    unknown: 'no es un campo de esta petición',
    idempotencyKey: 'debe tener de 1 a 200 caracteres imprimibles',
    tooMany: 'y más',
  },
  device: {
    browserOn: (browser, system) => `${browser} en ${system}`,
    unknown: 'Dispositivo desconocido',
  },
  signInCode: {
    ytAppAway: 'Linkcast no responde. ¿Está en marcha?',
    refused: 'Linkcast rechaza la petición. ¿Usa otra instalación este puerto?',
  },
} satisfies Translation<typeof english>;

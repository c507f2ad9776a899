import type { rehearsal as english } from '../en/rehearsal.ts';
import type { Translation } from '../translation.ts';

/** Spanish: {@link english}. */
export const rehearsal = {
  starting: (name, challenge) => `Intentando obtener un certificado de prueba para ${name} con ${challenge}…`,
  works: (name, challenge) => `Funciona: se puede obtener un certificado para ${name} con ${challenge}.`,
  failed: 'Todavía no funciona.',
  stopped: 'Detenido.',
} satisfies Translation<typeof english>;

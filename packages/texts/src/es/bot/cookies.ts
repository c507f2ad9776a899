import type { cookies as english } from '../../en/bot/cookies.ts';
import type { Translation } from '../../translation.ts';

/** Spanish: {@link english}. */
export const cookies = {
  stored: (site) => `Las cookies de ${site} están guardadas, cifradas, para tus enlaces.`,
  refused: (reason) => `Las cookies no se han guardado. ${reason}`,
  tooLarge: 'Las cookies no se han guardado: el archivo es demasiado grande. Las de un sitio ocupan unos kilobytes.',
  deleted: 'He borrado tu mensaje con ellas.',
  undeleted: 'Borra tú mismo tu mensaje con ellas: Telegram no me lo ha permitido.',
} satisfies Translation<typeof english>;

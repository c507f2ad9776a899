import type { siteStorage as english } from '../../en/site/storage.ts';
import { formatsOf } from '../../formats/formats.ts';
import type { Translation } from '../../translation.ts';

const { bytes, counted, date, percent } = formatsOf('es');

const days = (count: number): string => counted(count, { one: 'día', many: 'días', other: 'días' });
const items = (count: number): string => counted(count, { one: 'elemento', many: 'elementos', other: 'elementos' });

/** Spanish: {@link english}. */
export const siteStorage = {
  storage: {
    heading: 'Almacenamiento',
    open: 'Almacenamiento',
    forOwnersHeading: 'Para propietarios',
    forOwnersHint: 'Solo los propietarios ven qué ocupa el espacio.',
    loading: 'Cargando el almacenamiento',
    levels: {
      short: 'Queda poco espacio: la papelera se vacía antes de tiempo, primero lo más antiguo.',
      full: 'El disco está lleno: no se descarga nada nuevo. La papelera se vacía antes de tiempo.',
    },
    used: (used, limit, ratio) =>
      `${bytes(used)} de ${bytes(limit)} en uso (el límite es el ${percent(ratio)} del disco)`,
    reserved: (size) => `Las descargas en curso necesitan aún ${bytes(size)}.`,
    disk: 'El disco',
    kinds: {
      videoBytes: 'Vídeos',
      audioBytes: 'Audios',
      trashBytes: 'Papelera',
      workBytes: 'Descargas en curso',
      otherBytes: 'Todo lo demás en el disco',
      freeBytes: 'Libre',
    },
    keep: 'Conservar',
    keepTitle: (title) => `Conservar ${title}`,
    delete: 'Eliminar',
    deleteTitle: (title) => `Mover ${title} a la papelera`,
    later: 'Preguntar más tarde',
    laterTitle: (title) => `Preguntar más tarde por ${title}`,
    answered: { keep: 'Se queda.', delete: 'Está en la papelera.', later: 'Se te preguntará de nuevo en una semana.' },
    questions: '¿Se pueden eliminar?',
    questionsHint: 'Nadie los ha visto hasta el final. Sin respuesta, se quedan.',
    expires: (iso) => `responde antes del ${date(iso)}`,
    next: 'Lo siguiente que se elimina',
    nextHint:
      'Lo eliminado pasa una semana en la papelera. Se queda lo que alguien reproduce, lo compartido y lo que se conserva.',
    nextEmpty: 'Nada se elimina por sí solo.',
    goesOn: (iso) => `se elimina el ${date(iso)}`,
    goesSoon: 'se elimina en unos minutos',
    asksOn: (iso) => `se te preguntará el ${date(iso)}`,
    asksNow: 'espera una respuesta',
    reasons: { watched: 'visto', unwatched: 'sin ver', 'keep-last': 'otros más nuevos ocupan su lugar' },
    rules: 'Reglas',
    rulesHint: 'Una regla cambiada no elimina nada durante el primer día.',
    ofAll: 'Todos los elementos',
    ofPerson: (name) => `Elementos de ${name}`,
    nothing: 'Nada se elimina por sí solo.',
    values: {
      watchedDays: (count) => `visto: a los ${days(count)}`,
      unwatchedDays: (count) => `sin ver: preguntar a los ${days(count)}`,
      keepLast: (count) => `de cada persona, lo más nuevo: ${items(count)}`,
    },
    fields: {
      watchedDays: 'Eliminar lo visto después de tantos días',
      unwatchedDays: 'Preguntar por lo no visto después de tantos días',
      keepLast: 'Conservar solo tantos elementos de cada persona',
    },
    fieldHint: 'Vacío: nunca.',
    change: 'Cambiar',
    changeTitle: (name) => `Cambiar la regla: ${name}`,
    remove: 'Como para todos',
    removeTitle: (name) => `Quitar la regla: ${name}`,
    addForPerson: 'Regla para una persona',
    person: 'Persona',
    saved: 'La regla ha cambiado.',
    people: 'Por persona',
    nobody: 'De nadie',
    unnamed: 'Sin nombre',
    items,
    largest: 'Los más grandes',
    largestEmpty: 'La biblioteca está vacía.',
    kept: 'se conserva',
  },
} satisfies Translation<typeof english>;

import type { siteItem as english } from '../../en/site/item.ts';
import { formatsOf } from '../../formats/formats.ts';
import type { Translation } from '../../translation.ts';

const { plural, timeAgo } = formatsOf('es');

/** Spanish: {@link english}. */
export const siteItem = {
  item: {
    mark: { video: 'Marcar como visto', audio: 'Marcar como escuchado' },
    marked: { video: 'Marcado como visto.', audio: 'Marcado como escuchado.' },
    unmark: { video: 'Marcar como no visto', audio: 'Marcar como no escuchado' },
    unmarked: { video: 'Marcado como no visto.', audio: 'Marcado como no escuchado.' },
    rename: 'Renombrar',
    renameHeading: 'Renombrar',
    title: 'Título',
    save: 'Guardar',
    renamed: 'Nombre cambiado.',
    delete: 'Eliminar',
    deleteHeading: '¿Mover a la papelera?',
    deleteHint: (title) =>
      `«${title}» se puede restaurar desde la papelera durante 7 días, o hasta que haga falta su espacio. Después se eliminará para siempre.`,
    deleted: 'Movido a la papelera.',
    undo: 'Deshacer',
    restored: 'Restaurado.',
    private: 'Privado',
    keep: 'Conservar siempre',
    unkeep: 'Dejar de conservar',
    kept: 'Se queda: ninguna regla lo elimina.',
    unkept: 'Las reglas pueden eliminarlo de nuevo.',
    makePrivate: 'Hacer privado',
    makeOpen: 'Mostrar a todos',
    madePrivate: 'Ahora es privado: solo lo ven quien lo añadió y los propietarios.',
    madeOpen: 'Ahora lo ven todos.',
    copyLink: 'Copiar enlace',
    copyLinkForMembers: 'Copiar enlace para miembros',
    copied: 'Copiado.',
    copyRefused: (address) => `El navegador ha bloqueado el portapapeles. Cópialo a mano: ${address}`,
    requestOnRadio: 'Poner a continuación en la radio',
    requested: 'Será lo siguiente en la radio.',
    damagedSource: (duration, places) =>
      `Unos ${duration} no se pueden reproducir: llegaron dañados de la fuente (en ${places}).`,
    damagedFiles:
      'Faltan archivos o están dañados. Envía el enlace otra vez para obtener una copia nueva y después elimina esta.',
    damagedFilesRepairing:
      'Faltan archivos o están dañados. Se está descargando una copia nueva que los sustituirá; hasta entonces, puede que algunas partes no se reproduzcan.',
    damagedFilesLost:
      'Faltan archivos o están dañados, y no se ha podido descargar una copia nueva. Envía el enlace otra vez cuando la fuente lo tenga y después elimina este elemento.',
    details: 'Detalles',
    size: 'Tamaño',
    duration: 'Duración',
    added: 'Añadido',
    handling: 'Procesamiento',
    tracks: 'Pistas',
    source: 'Fuente',
    openSource: 'Abrir la página original',
    playInVlc: 'Reproducir en VLC',
    vlc: 'Copiar enlace para VLC',
    vlcHint: 'En VLC: Medio, Abrir ubicación de red, pegar.',
    vlcCopied: 'Copiado. Pégalo en VLC, en Abrir ubicación de red.',
    mp3: 'Descargar MP3',
    mp3Track: 'MP3',
    by: (uploader) => `de ${uploader}`,
    loading: 'Cargando',
    deletedHeading: 'No encontrado',
    deletedHint: 'Se ha eliminado o el enlace es incorrecto.',
    toLibrary: 'Ir a la biblioteca',
  },

  trash: {
    heading: 'Papelera',
    hint: 'Lo eliminado se puede restaurar durante 7 días, o hasta que haga falta su espacio.',
    open: 'Papelera',
    empty: 'La papelera está vacía',
    emptyHint: 'Lo que elimines se guarda aquí 7 días, o hasta que haga falta su espacio.',
    deletedAt: (at) => `Eliminado ${timeAgo(at)}`,
    daysLeft: (days) =>
      plural(days, { one: 'queda 1 día', many: `quedan ${days} de días`, other: `quedan ${days} días` }),
    restore: 'Restaurar',
    restoreTitle: (title) => `Restaurar «${title}»`,
    purge: 'Eliminar para siempre',
    purgeTitle: (title) => `Eliminar «${title}» para siempre`,
    purgeHeading: '¿Eliminarlo para siempre?',
    purgeHint: (title) => `«${title}» y sus archivos se borrarán del servidor. No se puede deshacer.`,
    purged: 'Eliminado para siempre.',
    emptyTrash: 'Vaciar la papelera',
    emptyHeading: '¿Vaciar la papelera?',
    emptyOwnHint: 'Todo lo tuyo que hay en la papelera se eliminará para siempre. No se puede deshacer.',
    emptyAllHint:
      'Todo lo que hay en la papelera, también lo que eliminaron otros, se eliminará para siempre. No se puede deshacer.',
    emptied: (count) =>
      plural(count, {
        one: '1 elemento eliminado para siempre.',
        many: `${count} de elementos eliminados para siempre.`,
        other: `${count} elementos eliminados para siempre.`,
      }),
    loading: 'Cargando la papelera',
    more: 'Mostrar más',
  },
} satisfies Translation<typeof english>;

import type { siteCollections as english } from '../../en/site/collections.ts';
import { formatsOf } from '../../formats/formats.ts';
import type { Translation } from '../../translation.ts';

const { counted, plural } = formatsOf('es');

const items = (count: number): string => counted(count, { one: 'elemento', many: 'de elementos', other: 'elementos' });

/** Spanish: {@link english}. */
export const siteCollections = {
  collections: {
    heading: 'Colecciones',
    items,
    open: (title) => `Abrir la colección ${title}`,
    play: 'Reproducir',
    more: 'Mostrar más',
    loading: 'Cargando la colección',
    missingHeading: 'Esta colección no está aquí',
    missingHint: 'Se eliminó, es privada o todos sus elementos están en la papelera.',
    renameHeading: 'Cambiar el nombre de la colección',
    makePrivate: 'Hacer privada',
    makeOpen: 'Mostrar a todos',
    madePrivate: 'La colección ahora es privada. Sus elementos no cambian.',
    madeOpen: 'Ahora todos ven la colección. Sus elementos privados lo siguen siendo.',
    delete: 'Eliminar la colección',
    deleteHeading: '¿Eliminar la colección?',
    deleteHint: (title) =>
      `Se eliminará «${title}». Sus elementos se quedan en la biblioteca, salvo que los muevas a la papelera.`,
    withItems: 'Con sus elementos: mover a la papelera los que puedas eliminar',
    deleted: 'Colección eliminada.',
    deletedWith: (count) =>
      plural(count, {
        one: 'Colección eliminada y 1 elemento en la papelera.',
        many: `Colección eliminada y ${count} de elementos en la papelera.`,
        other: `Colección eliminada y ${count} elementos en la papelera.`,
      }),
    partOf: (title) => `Colección: ${title}`,
    next: (title) => `Siguiente: ${title}`,
    rule: 'Regla de eliminación',
    ruleHint:
      'Para los elementos de quien añadió la lista. Tiene prioridad sobre las reglas de la página «Almacenamiento».',
    ruleHeading: (title) => `Elementos de ${title}`,
    noRule: 'No tiene una propia: se aplican las reglas de la página «Almacenamiento».',
    keepLast: (count) => `solo los más recientes: ${items(count)}`,
    keepLastField: 'Conservar solo esta cantidad de elementos',
    removeRule: 'Quitar',
  },
} satisfies Translation<typeof english>;

import type { siteLimits as english } from '../../en/site/limits.ts';
import { formatsOf } from '../../formats/formats.ts';
import type { Translation } from '../../translation.ts';

const { bytes, counted, number } = formatsOf('es');

/** Spanish: {@link english}. */
export const siteLimits = {
  limits: {
    heading: 'Límites',
    ofPerson: (name) => `Límites de ${name}`,
    ofMembers: 'Límites de los miembros',
    membersHint: 'Se aplican a todos los miembros que no tienen un límite propio. Los propietarios no tienen límites.',
    entry: 'Límites',
    change: 'Cambiar los límites',
    saved: 'Límites cambiados.',
    names: { jobsPerDay: 'Enlaces en 24 horas', storageBytes: 'Almacenamiento', openJobs: 'Descargas sin terminar' },
    amounts: {
      jobsPerDay: 'Número de enlaces',
      storageBytes: 'Almacenamiento en GB',
      openJobs: 'Número de descargas sin terminar',
    },
    values: {
      jobsPerDay: (count) => `${counted(count, { one: 'enlace', many: 'enlaces', other: 'enlaces' })} al día`,
      storageBytes: (size) => bytes(size),
      openJobs: (count) => `${number(count, 0)} sin terminar`,
    },
    none: 'Sin límite',
    noneAtAll: 'Los miembros no tienen límites.',
    own: 'Un límite de',
    byDefault: (value) => `Como todos: ${value}`,
    yours: 'Tus límites',
    use: (used, limit) => `${used} de ${limit}`,
  },
} satisfies Translation<typeof english>;

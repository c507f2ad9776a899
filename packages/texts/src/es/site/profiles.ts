import { formatsOf } from '../../formats/formats.ts';
import { triedWays } from '../ways/tried-ways.ts';
import type { siteProfiles as english } from '../../en/site/profiles.ts';
import type { Translation } from '../../translation.ts';

const { counted, date } = formatsOf('es');

/** Spanish: {@link english}. */
export const siteProfiles = {
  tried: triedWays,

  profiles: {
    heading: 'Vías a las fuentes',
    hint: 'Las vías por las que Linkcast intenta llegar a cada servidor, en orden: profiles.yaml. La última que funcionó va primero.',
    label: 'El archivo profiles.yaml',
    save: 'Guardar',
    saved: 'Los perfiles están en vigor.',
    none: 'Ningún servidor tiene perfil: se llega a cada fuente directamente.',
    faulty: 'El archivo tiene errores, así que siguen en vigor los perfiles anteriores:',
    fault: (line, field, fault) => `Línea ${line}${field === '' ? '' : `, ${field}`}: ${fault}`,
    passwords: 'Las contraseñas de los proxies se muestran como •••. Si dejas la marca, la contraseña no cambia.',
  },

  cookies: {
    heading: 'Cookies de sitios',
    hint: 'Con las cookies de tu cuenta en un sitio, Linkcast descarga lo que allí solo ves tú. Se guardan cifradas, se usan para tus propios enlaces y nadie puede volver a leerlas. Usa una cuenta de la que puedas prescindir: el sitio podría bloquearla.',
    file: 'Archivo cookies.txt',
    site: 'Sitio',
    siteHint: 'Por ejemplo, youtube.com. Vacío: el único sitio del archivo.',
    everyone: 'Para los enlaces de todos',
    give: 'Dar cookies',
    given: 'Las cookies están guardadas.',
    none: 'Todavía no hay cookies.',
    count: (count) => counted(count, { one: 'cookie', many: 'de cookies', other: 'cookies' }),
    until: (at) => `hasta el ${date(at)}`,
    forAll: 'para todos',
    expiring: 'Caducan en menos de una semana: expórtalas de nuevo.',
    expired: 'Han caducado: expórtalas de nuevo.',
    remove: 'Eliminar',
    removeOf: (site) => `Eliminar las cookies de ${site}`,
    removed: 'Las cookies se han eliminado.',
    tooLarge: 'El archivo es demasiado grande: las cookies de un sitio ocupan unos kilobytes.',
    missing: 'Elige primero un archivo.',
  },
} satisfies Translation<typeof english>;

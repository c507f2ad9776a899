import { triedWays } from '../ways/tried-ways.ts';
import type { siteProfiles as english } from '../../en/site/profiles.ts';
import type { Translation } from '../../translation.ts';

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
} satisfies Translation<typeof english>;

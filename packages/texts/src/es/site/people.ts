import type { sitePeople as english } from '../../en/site/people.ts';
import { formatsOf } from '../../formats/formats.ts';
import type { Translation } from '../../translation.ts';

const { counted, moment, timeAgo } = formatsOf('es');

/** Spanish: {@link english}. */
export const sitePeople = {
  join: {
    heading: 'Tienes una invitación',
    lead: 'Linkcast reproduce vídeos y música a partir de enlaces, segundos después de enviarlos. Este es privado; con tu invitación puedes ver, escuchar y añadir lo tuyo.',
    name: 'Tu nombre',
    nameHint: 'Para que los demás te reconozcan.',
    submit: 'Entrar',
    working: 'Entrando…',
    incompleteHeading: 'Este enlace está incompleto',
    incompleteHint: 'Abre el enlace completo de la invitación o pide uno nuevo.',
    signIn: 'Iniciar sesión con un código',
    signedInHeading: 'Ya tienes acceso',
    signedInHint:
      'No necesitas ninguna invitación para quedarte. Si esta es para un propietario, al aceptarla lo serás. Si es para otra persona, reenvíasela.',
    accept: 'Aceptar la invitación',
  },

  people: {
    heading: 'Personas',
    you: 'Tú',
    seen: (at) => `Última visita: ${timeAgo(at)}`,
    notSeen: 'Aún sin visitas',
    telegram: 'Con Telegram',
    noTelegram: 'Sin Telegram',
    console: 'Propietario del servidor',
    actions: (name) => `Acciones para ${name}`,
    consoleHint:
      'Quien tiene el servidor inicia sesión como este propietario. Nadie puede quitarle el acceso ni cambiar su rol.',
    rename: 'Renombrar',
    name: 'Nombre',
    renamed: 'Nombre cambiado.',
    makeOwner: 'Hacer propietario',
    makeMember: 'Hacer miembro',
    roleChanged: 'Rol cambiado.',
    stepDownHeading: '¿Dejar de ser propietario?',
    stepDownHint: 'Ya no podrás invitar a nadie ni administrar este Linkcast. Solo otro propietario puede deshacerlo.',
    stepDown: 'Pasar a miembro',
    remove: 'Quitar acceso',
    removeHeading: (name) => `¿Quitar el acceso a ${name}?`,
    removeHint:
      'Se cerrará la sesión en todos sus dispositivos de inmediato, el bot dejará de responderle y los enlaces que compartió dejarán de funcionar. Lo que añadió se conserva. Para volver necesitará otra invitación.',
    removed: (name) => `${name} ya no tiene acceso.`,
    loading: 'Cargando las personas',
    forOwnersHeading: 'Solo para propietarios',
    forOwnersHint: 'Los propietarios invitan a las personas y cambian sus roles. Pregunta a uno de ellos.',
  },

  invite: {
    invite: 'Invitar',
    heading: 'Invitar a personas',
    hint: 'Quien tenga el enlace puede entrar, en el sitio o en Telegram.',
    hintWithoutBot: 'Quien tenga el enlace puede entrar en el sitio.',
    role: 'Rol',
    roleHints: {
      member: 'Los miembros ven, escuchan, añaden y comparten.',
      owner: 'Los propietarios pueden hacerlo todo: también quitar el acceso, y ver y eliminar lo que es de otros.',
    },
    uses: 'Para',
    people: (count) => counted(count, { one: 'persona', many: 'de personas', other: 'personas' }),
    make: 'Crear un enlace',
    makeAnother: 'Crear otro enlace',
    link: 'La invitación',
    linkHint: 'Solo se muestra una vez. Si la pierdes, crea otra.',
    copied: 'Copiado. Envíalo a quien invitas.',
    copyTelegram: 'Copiar enlace de Telegram',
    qrLabel: 'Código QR de la invitación',
    qrHint: 'O pide que apunten aquí con la cámara del teléfono.',
    localHint:
      'Este enlace solo funciona en este ordenador. Para invitar a otras personas, abre Linkcast por su nombre o por su dirección en la red.',
    list: 'Invitaciones abiertas',
    none: 'Ninguna por ahora.',
    entry: (role, count) =>
      `${role}, para ${counted(count, { one: 'persona', many: 'de personas', other: 'personas' })}`,
    untilBy: (at, name) => `Hasta el ${moment(at)} · de ${name}`,
    revoke: 'Anular',
    revokeOf: (at) => `Anular la invitación válida hasta el ${moment(at)}`,
    revoked: 'Esa invitación ya no funciona.',
  },
} satisfies Translation<typeof english>;

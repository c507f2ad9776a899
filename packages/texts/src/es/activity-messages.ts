import type { activityMessages as english } from '../en/activity-messages.ts';
import { formatsOf } from '../formats/formats.ts';
import type { Translation } from '../translation.ts';

const { bytes, counted, date, number } = formatsOf('es');

const titleOf = ({ title }: { title?: string }): string => title ?? 'un elemento privado';
const nameOf = (name: string | null): string => name ?? 'una persona sin nombre';
interface Rule {
  watchedDays: number | null;
  unwatchedDays: number | null;
  keepLast: number | null;
  scope?: string;
}
const ruleOf = ({ watchedDays, unwatchedDays, keepLast, scope }: Rule): string => {
  const days = (count: number): string => counted(count, { one: 'día', many: 'de días', other: 'días' });
  const parts = [
    ...(watchedDays === null ? [] : [`lo visto se elimina a los ${days(watchedDays)}`]),
    ...(unwatchedDays === null ? [] : [`se pregunta por lo no visto a los ${days(unwatchedDays)}`]),
    ...(keepLast === null
      ? []
      : [`elementos recientes que se conservan${scope === undefined ? ' por persona' : ''}: ${number(keepLast)}`]),
  ];
  return parts.length === 0 ? 'todo se conserva' : parts.join(', ');
};
const ruledOf = (name: string | null | undefined, scope: string | undefined): string => {
  if (scope !== undefined) return 'una colección';
  return name === undefined ? 'la biblioteca' : nameOf(name);
};
const roleOf = (role: string): string => (role === 'owner' ? 'propietario' : 'miembro');

export const activityMessages = {
  'activity-signed-in': ({ device }) => `Inicio de sesión: ${device}`,
  'activity-signed-out': ({ name, device }) =>
    name === undefined ? `Cierre de sesión: ${device}` : `Cierre de sesión de ${nameOf(name)}: ${device}`,
  'activity-signed-out-everywhere': ({ count }) =>
    `Cierre de todas las sesiones: ${counted(count, { one: 'dispositivo', many: 'de dispositivos', other: 'dispositivos' })}`,
  'activity-invited': ({ role, uses }) =>
    `Invitación creada como ${roleOf(role)}, para ${counted(uses, { one: 'persona', many: 'de personas', other: 'personas' })}`,
  'activity-invitation-revoked': ({ role }) => `Invitación anulada como ${roleOf(role)}`,
  'activity-joined': ({ role }) => `Entrada como ${roleOf(role)}`,
  'activity-removed': ({ name }) => `Persona eliminada: ${nameOf(name)}`,
  'activity-role-changed': ({ name, role }) => `Nueva función de ${nameOf(name)}: ${roleOf(role)}`,
  'activity-limits-changed': ({ name }) => `Cambio de los límites de ${nameOf(name)}`,
  'activity-default-limits-changed': () => 'Cambio de los límites de todos los miembros',
  'activity-key-made': ({ key }) => `Clave personal creada: ${key}`,
  'activity-key-revoked': ({ key }) => `Clave personal anulada: ${key}`,
  'activity-passkey-registered': ({ passkey }) => `Llave de acceso añadida: ${passkey}`,
  'activity-passkey-revoked': ({ name, passkey }) => `Llave de acceso de ${nameOf(name)} anulada: ${passkey}`,
  'activity-telegram-connected': () => 'Cuenta de Telegram conectada',
  'activity-telegram-disconnected': () => 'Cuenta de Telegram desconectada',
  'activity-shared': (facts) => `Enlace para compartir ${titleOf(facts)}`,
  'activity-station-shared': () => 'Enlace para compartir la radio',
  'activity-share-revoked': ({ title }) =>
    title === undefined ? 'Enlace compartido anulado' : `Enlace compartido anulado: ${title}`,
  'activity-item-deleted': (facts) => `A la papelera: ${titleOf(facts)}`,
  'activity-item-restored': (facts) => `Recuperado de la papelera: ${titleOf(facts)}`,
  'activity-item-purged': (facts) => `Eliminado para siempre: ${titleOf(facts)}`,
  'activity-made-private': (facts) => `Ahora es privado: ${titleOf(facts)}`,
  'activity-made-visible': (facts) => `Ahora visible para todos: ${titleOf(facts)}`,
  'activity-item-renamed': ({ title, former }) =>
    title === undefined || former === undefined
      ? 'Nuevo nombre de un elemento privado'
      : `Nuevo nombre: ${former} → ${title}`,
  'activity-rule-changed': ({ name, ...rule }) => `Nueva regla de ${ruledOf(name, rule.scope)}: ${ruleOf(rule)}`,
  'activity-rule-removed': ({ name, scope }) => `Regla de ${ruledOf(name, scope)} eliminada`,
  'activity-profiles-changed': () => 'Perfiles de servidores cambiados',
  'activity-delivery-target-made': ({ target }) => `Destino de entrega creado: ${target}`,
  'activity-delivery-target-removed': ({ target }) => `Destino de entrega eliminado: ${target}`,
  'activity-followed': () => 'Nueva lista seguida',
  'activity-unfollowed': ({ name }) =>
    name === undefined ? 'Lista que ya no se sigue' : `Lista de ${nameOf(name)} que ya no se sigue`,
  'activity-backup-made': (facts) => `Copia de seguridad creada, ${bytes(facts.bytes)}`,
  'activity-backup-restored': ({ at }) => `Copia de seguridad del ${date(at)} restaurada`,
  'activity-started': ({ version }) => `Inicio de la versión ${version} con su configuración`,
  'activity-notice-opened': () => 'Nuevo aviso:',
  'activity-notice-closed': () => 'Ya no se da el caso:',
} satisfies Translation<typeof english>;

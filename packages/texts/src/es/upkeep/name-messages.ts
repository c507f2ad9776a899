import type { nameMessages as english } from '../../en/upkeep/name-messages.ts';
import { formatsOf } from '../../formats/formats.ts';
import type { Translation } from '../../translation.ts';

const { list } = formatsOf('es');
const addressesOf = (addresses: readonly string[]): string =>
  addresses.length === 0 ? 'ninguna dirección' : list(addresses);

/** Spanish: {@link english}. */
export const nameMessages = {
  'address-offline': () =>
    'Ningún servicio que informa de la dirección pública responde. Puede que no haya conexión a Internet. Linkcast lo volverá a intentar.',
  'address-one-source': ({ address }) =>
    `Solo un servicio informa de la dirección pública ${address}. El nombre no se cambia hasta que coincidan dos.`,
  'address-sources-disagree': ({ addresses }) =>
    `Los servicios que informan de la dirección pública no coinciden (${list(addresses)}). El nombre no se cambia hasta que coincidan.`,
  'address-carrier-nat': ({ address }) =>
    `El proveedor de Internet ha asignado ${address}, que comparten muchos clientes (CGNAT), así que nadie puede llegar a esta conexión desde fuera. Pide al proveedor una dirección IPv4 pública.`,
  'address-not-public': ({ address }) =>
    `Como dirección pública se ha informado ${address}, que no es accesible desde fuera. El nombre no se cambia.`,

  'name-right': ({ name, addresses }) => `${name} apunta aquí (${list(addresses)}).`,
  'name-unchecked': () => 'Aún sin comprobar.',
  'name-servers-silent': ({ name }) =>
    `Ningún servidor de nombres responde por ${name}. Linkcast lo volverá a intentar.`,
  'name-alias': ({ name, target }) =>
    `${name} es un alias (CNAME) de ${target}, así que no puede tener dirección propia. Elimina el alias en el proveedor de DNS.`,
  'name-elsewhere': ({ name, served, wanted }) =>
    `${name} apunta a ${addressesOf(served)}, pero esta conexión tiene ${addressesOf(wanted)}. Cambia el registro o configura un DDNS_PROVIDER que lo haga.`,
  'name-update-pending': ({ name, served, wanted }) =>
    `${name} apunta a ${addressesOf(served)}, pero esta conexión tiene ${addressesOf(wanted)}. El registro se cambiará en breve.`,
  'name-not-served-yet': ({ name, wanted }) =>
    `El proveedor ha aceptado ${addressesOf(wanted)} para ${name}, pero sus servidores de nombres todavía no responden con ese valor.`,

  'provider-unreachable': ({ provider }) => `No se puede conectar con ${provider}. Linkcast lo volverá a intentar.`,
  'provider-timeout': ({ provider }) => `${provider} no ha respondido a tiempo. Linkcast lo volverá a intentar.`,
  'provider-bad-certificate': ({ provider }) =>
    `En lugar de ${provider} ha respondido un servidor sin certificado válido, así que no se le ha enviado la clave.`,
  'provider-redirects': ({ provider }) => `${provider} redirige a otra dirección, y la clave no se envía allí.`,
  'provider-bad-answer': ({ provider }) => `La respuesta no es de ${provider}. Linkcast lo volverá a intentar.`,
  'provider-error': ({ provider, status }) =>
    `${provider} ha respondido con el error ${status}. Linkcast lo volverá a intentar.`,
  'provider-rate-limited': ({ provider }) =>
    `${provider} ha recibido demasiadas peticiones. Linkcast lo volverá a intentar más tarde.`,
  'provider-bad-key': ({ provider, settings }) =>
    `${provider} rechaza la clave. Crea una nueva allí, configura ${settings} y reinicia Linkcast.`,
  'provider-no-zone': ({ provider, name }) =>
    `La cuenta de ${provider} no tiene ningún dominio para ${name}. Usa la clave de la cuenta que lo tiene.`,
  'provider-several-records': ({ provider, name, type }) =>
    `${name} tiene varios registros ${type} en ${provider}. Elimina todos menos uno; Linkcast mantendrá ese al día.`,
  'provider-unknown-name': ({ provider, name }) =>
    `${provider} no tiene ${name} en esta cuenta. Añádelo allí o corrige DOMAIN_NAME.`,
  'provider-blocked': ({ provider }) =>
    `${provider} ha bloqueado el nombre por demasiadas actualizaciones. Pide a su soporte que lo desbloquee.`,
  'provider-not-paid': ({ provider }) => `${provider} ofrece esto solo a clientes de pago.`,
  'provider-bad-agent': ({ provider }) => `${provider} no acepta actualizaciones de este programa.`,
  'provider-refused': ({ provider }) => `${provider} rechaza la actualización. Revisa allí su configuración.`,

  'challenge-foreign-name': () => 'Solo se responde a desafíos para el nombre de este sitio.',
  'challenge-unsupported': () => 'El proveedor de DNS no admite aquí registros TXT.',
  'challenge-not-served': () =>
    'El registro TXT se ha creado, pero los servidores de nombres no han respondido con él a tiempo.',
} satisfies Translation<typeof english>;

import type { certificateMessages as english } from '../../en/upkeep/certificate-messages.ts';
import { formatsOf } from '../../formats/formats.ts';
import type { Translation } from '../../translation.ts';

const { date } = formatsOf('es');

/** Spanish: {@link english}. */
export const certificateMessages = {
  'certificate-connection': () =>
    'No se ha podido obtener el certificado: el sitio no es accesible desde fuera. Probablemente el puerto 80 no está redirigido a este servidor.',
  'certificate-wrong-answer': () =>
    'No se ha podido obtener el certificado: otro servidor responde en el nombre. Puede que el nombre apunte a otra dirección o que responda el propio router.',
  'certificate-dns': () =>
    'No se ha podido obtener el certificado: el nombre no se encuentra en el DNS. Puede que todavía no exista.',
  'certificate-rate-limited': () =>
    'No se ha podido obtener el certificado: ha habido demasiados intentos y la autoridad de certificación pide una pausa.',
  'certificate-caa': () =>
    'No se ha podido obtener el certificado: un registro CAA del nombre no permite esta autoridad de certificación.',
  'certificate-refused-name': () =>
    'No se ha podido obtener el certificado: la autoridad de certificación no acepta este nombre.',
  'certificate-unknown-account': () =>
    'No se ha podido obtener el certificado: la autoridad de certificación ya no tiene nuestra cuenta. Se creará una nueva.',
  'certificate-nonces-rejected': () =>
    'No se ha podido obtener el certificado: la autoridad de certificación ha rechazado su propio nonce. Linkcast lo volverá a intentar.',
  'certificate-server-fault': () =>
    'No se ha podido obtener el certificado: la autoridad de certificación ha respondido con un error interno. Linkcast lo volverá a intentar.',
  'certificate-server-away': () =>
    'No se ha podido obtener el certificado: la autoridad de certificación no responde. Linkcast lo volverá a intentar.',
  'certificate-record-not-set': () =>
    'No se ha podido obtener el certificado: no se ha podido crear el registro DNS del desafío en el proveedor.',
  'certificate-disk-full': () => 'No se ha podido obtener el certificado: el disco está lleno.',
  'certificate-not-writable': () =>
    'No se ha podido obtener el certificado: no se puede escribir en el directorio de datos.',
  'certificate-interrupted': () =>
    'No se ha podido obtener el certificado: el intento se ha interrumpido. Linkcast lo volverá a intentar.',
  'certificate-program-missing': () =>
    'No se ha podido obtener el certificado: falta el programa certbot o no arranca.',
  'certificate-other': () =>
    'No se ha podido obtener el certificado por un motivo poco común. Los detalles están en los registros de certbot.',

  'publish-unreadable': () => 'El nuevo certificado no se puede leer. Linkcast obtendrá otro.',
  'publish-wrong-key': () => 'El nuevo certificado no corresponde a su clave. Linkcast obtendrá otro.',
  'publish-wrong-name': () => 'El nuevo certificado es para otro nombre. Linkcast obtendrá otro.',
  'publish-expired': () => 'El nuevo certificado ya ha caducado. ¿Es correcta la hora de este servidor?',
  'publish-broken-chain': () => 'El nuevo certificado tiene la cadena rota. Linkcast obtendrá otro.',
  'publish-disk-full': () => 'No se ha podido guardar el nuevo certificado: el disco está lleno.',
  'publish-not-writable': () => 'No se ha podido guardar el nuevo certificado: no se puede escribir en su directorio.',

  'certificate-off': () => 'DOMAIN_NAME no está configurado, así que no hay certificado.',
  'certificate-missing': () => 'aún no hay certificado',
  'certificate-valid': ({ until }) => `válido hasta el ${date(until)}`,
  'certificate-due': ({ until }) => `válido hasta el ${date(until)}, pendiente de renovación`,
  'certificate-expired': ({ until }) => `caducó el ${date(until)}`,
} satisfies Translation<typeof english>;

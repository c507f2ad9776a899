import type { certificateMessages as english } from '../../en/upkeep/certificate-messages.ts';
import { formatsOf } from '../../formats/formats.ts';
import type { Translation } from '../../translation.ts';

const { date } = formatsOf('ru');

/** Russian: {@link english}. */
export const certificateMessages = {
  'certificate-connection': () =>
    'Не удалось получить сертификат: сайт недоступен снаружи. Вероятно, порт 80 не проброшен на этот сервер.',
  'certificate-wrong-answer': () =>
    'Не удалось получить сертификат: по этому имени отвечает другой сервер. Возможно, имя указывает на другой адрес или отвечает сам роутер.',
  'certificate-dns': () => 'Не удалось получить сертификат: имя не найдено в DNS. Возможно, его ещё нет.',
  'certificate-rate-limited': () =>
    'Не удалось получить сертификат: было слишком много попыток, и центр сертификации просит сделать паузу.',
  'certificate-caa': () => 'Не удалось получить сертификат: запись CAA не разрешает этот центр сертификации.',
  'certificate-refused-name': () => 'Не удалось получить сертификат: центр сертификации не принимает это имя.',
  'certificate-unknown-account': () =>
    'Не удалось получить сертификат: нашей учётной записи в центре сертификации больше нет. Будет создана новая.',
  'certificate-nonces-rejected': () =>
    'Не удалось получить сертификат: центр сертификации отклонил собственный nonce. Linkcast повторит попытку.',
  'certificate-server-fault': () =>
    'Не удалось получить сертификат: в центре сертификации произошла внутренняя ошибка. Linkcast повторит попытку.',
  'certificate-server-away': () =>
    'Не удалось получить сертификат: центр сертификации не отвечает. Linkcast повторит попытку.',
  'certificate-record-not-set': () =>
    'Не удалось получить сертификат: не удалось создать проверочную запись у провайдера DNS.',
  'certificate-disk-full': () => 'Не удалось получить сертификат: диск заполнен.',
  'certificate-not-writable': () => 'Не удалось получить сертификат: папка данных недоступна для записи.',
  'certificate-interrupted': () => 'Не удалось получить сертификат: попытка была прервана. Linkcast повторит её.',
  'certificate-program-missing': () =>
    'Не удалось получить сертификат: программа certbot отсутствует или не запускается.',
  'certificate-other': () => 'Не удалось получить сертификат по необычной причине. Подробности — в журналах certbot.',

  'publish-unreadable': () => 'Новый сертификат не читается. Linkcast получит другой.',
  'publish-wrong-key': () => 'Новый сертификат не соответствует своему ключу. Linkcast получит другой.',
  'publish-wrong-name': () => 'Новый сертификат выдан на другое имя. Linkcast получит другой.',
  'publish-expired': () => 'Срок нового сертификата уже истёк. Правильно ли идут часы сервера?',
  'publish-broken-chain': () => 'У нового сертификата нарушена цепочка. Linkcast получит другой.',
  'publish-disk-full': () => 'Не удалось сохранить новый сертификат: диск заполнен.',
  'publish-not-writable': () => 'Не удалось сохранить новый сертификат: его папка недоступна для записи.',

  'certificate-off': () => 'DOMAIN_NAME не задан, поэтому сертификата нет.',
  'certificate-missing': () => 'сертификата пока нет',
  'certificate-valid': ({ until }) => `действителен до ${date(until)}`,
  'certificate-due': ({ until }) => `действителен до ${date(until)}, пора продлить`,
  'certificate-expired': ({ until }) => `истёк ${date(until)}`,
} satisfies Translation<typeof english>;

import type { nameMessages as english } from '../../en/upkeep/name-messages.ts';
import { formatsOf } from '../../formats/formats.ts';
import type { Translation } from '../../translation.ts';

const { list } = formatsOf('ru');
const addressesOf = (addresses: readonly string[]): string => (addresses.length === 0 ? 'адреса нет' : list(addresses));

/** Russian: {@link english}. */
export const nameMessages = {
  'address-offline': () =>
    'Ни одна служба определения внешнего адреса не отвечает. Возможно, нет подключения к интернету. Linkcast повторит попытку.',
  'address-one-source': ({ address }) =>
    `Внешний адрес ${address} сообщает только одна служба. Имя изменится, когда его подтвердят две.`,
  'address-sources-disagree': ({ addresses }) =>
    `Службы определения внешнего адреса сообщают разное (${list(addresses)}). Пока они не совпадут, имя не меняется.`,
  'address-carrier-nat': ({ address }) =>
    `Провайдер выдал адрес ${address}, общий для многих клиентов (CGNAT), поэтому снаружи к вам никто не подключится. Попросите у провайдера публичный адрес IPv4.`,
  'address-not-public': ({ address }) =>
    `В качестве внешнего адреса определён ${address}, но снаружи он недоступен. Имя не меняется.`,

  'name-right': ({ name, addresses }) => `${name} указывает сюда (${list(addresses)}).`,
  'name-unchecked': () => 'Ещё не проверено.',
  'name-servers-silent': ({ name }) => `Ни один DNS-сервер не отвечает для ${name}. Linkcast повторит попытку.`,
  'name-alias': ({ name, target }) =>
    `${name} — псевдоним (CNAME) для ${target}, поэтому собственного адреса у него быть не может. Удалите псевдоним у провайдера DNS.`,
  'name-elsewhere': ({ name, served, wanted }) =>
    `${name} указывает не сюда. Адрес в DNS: ${addressesOf(served)}; адрес этого подключения: ${addressesOf(wanted)}. Измените запись или задайте DDNS_PROVIDER, который её изменит.`,
  'name-update-pending': ({ name, served, wanted }) =>
    `${name} указывает не сюда. Адрес в DNS: ${addressesOf(served)}; адрес этого подключения: ${addressesOf(wanted)}. Запись скоро будет изменена.`,
  'name-not-served-yet': ({ name, wanted }) =>
    `Провайдер принял для ${name} новый адрес (${addressesOf(wanted)}), но его DNS-серверы пока его не отдают.`,

  'provider-unreachable': ({ provider }) => `Не удаётся связаться с ${provider}. Linkcast повторит попытку.`,
  'provider-timeout': ({ provider }) => `${provider} не ответил вовремя. Linkcast повторит попытку.`,
  'provider-bad-certificate': ({ provider }) =>
    `Вместо ${provider} ответил сервер без действительного сертификата, поэтому ключ ему не отправлен.`,
  'provider-redirects': ({ provider }) => `${provider} перенаправляет на другой адрес; ключ туда не отправляется.`,
  'provider-bad-answer': ({ provider }) => `Полученный ответ пришёл не от ${provider}. Linkcast повторит попытку.`,
  'provider-error': ({ provider, status }) => `${provider} ответил ошибкой ${status}. Linkcast повторит попытку.`,
  'provider-rate-limited': ({ provider }) =>
    `${provider} получил слишком много запросов. Linkcast повторит попытку позже.`,
  'provider-bad-key': ({ provider, settings }) =>
    `${provider} не принимает ключ. Создайте там новый, задайте ${settings} и перезапустите Linkcast.`,
  'provider-no-zone': ({ provider, name }) =>
    `В учётной записи ${provider} нет домена для ${name}. Возьмите ключ той учётной записи, где он есть.`,
  'provider-several-records': ({ provider, name, type }) =>
    `У ${name} в ${provider} несколько записей ${type}. Оставьте одну — Linkcast будет обновлять её.`,
  'provider-unknown-name': ({ provider, name }) =>
    `В этой учётной записи ${provider} нет имени ${name}. Добавьте его там или исправьте DOMAIN_NAME.`,
  'provider-blocked': ({ provider }) =>
    `${provider} заблокировал имя из-за слишком частых обновлений. Попросите поддержку снять блокировку.`,
  'provider-not-paid': ({ provider }) => `${provider} предоставляет это только платным клиентам.`,
  'provider-bad-agent': ({ provider }) => `${provider} не принимает обновления от этой программы.`,
  'provider-refused': ({ provider }) => `${provider} отклоняет обновление. Проверьте настройки на его сайте.`,

  'challenge-foreign-name': () => 'Проверки принимаются только для имени этого сайта.',
  'challenge-unsupported': () => 'Через этого провайдера DNS нельзя создавать записи TXT.',
  'challenge-not-served': () => 'Запись TXT создана, но DNS-серверы не отдали её вовремя.',
} satisfies Translation<typeof english>;

import { formatsOf } from '../../formats/formats.ts';
import { triedWays } from '../ways/tried-ways.ts';
import type { siteProfiles as english } from '../../en/site/profiles.ts';
import type { Translation } from '../../translation.ts';

const { counted, date } = formatsOf('ru');

/** Russian: {@link english}. */
export const siteProfiles = {
  tried: triedWays,

  profiles: {
    heading: 'Способы доступа к источникам',
    hint: 'Способы, которыми Linkcast по порядку пробует открыть каждый сайт: profiles.yaml. Первым идёт тот, что сработал в последний раз.',
    label: 'Файл profiles.yaml',
    save: 'Сохранить',
    saved: 'Профили действуют.',
    none: 'Профилей нет: все источники открываются напрямую.',
    faulty: 'В файле есть ошибки, поэтому действуют прежние профили:',
    fault: (line, field, fault) => `Строка ${line}${field === '' ? '' : `, ${field}`}: ${fault}`,
    passwords: 'Пароли прокси показаны как •••. Оставьте этот знак, и пароль не изменится.',
  },

  cookies: {
    heading: 'Cookie сайтов',
    hint: 'С cookie вашей учётной записи на сайте Linkcast скачивает то, что там видите только вы. Они хранятся зашифрованными, используются для ваших ссылок, и прочитать их больше нельзя. Возьмите учётную запись, которую не жалко: сайт может её заблокировать.',
    file: 'Файл cookies.txt',
    site: 'Сайт',
    siteHint: 'Например, youtube.com. Пусто: единственный сайт в файле.',
    everyone: 'Для ссылок всех участников',
    give: 'Передать cookie',
    given: 'Cookie сохранены.',
    none: 'Cookie пока нет.',
    count: (count) => counted(count, { one: 'cookie', few: 'cookie', many: 'cookie', other: 'cookie' }),
    until: (at) => `до ${date(at)}`,
    forAll: 'для всех',
    expiring: 'Истекают в течение недели: экспортируйте их заново.',
    expired: 'Срок действия истёк: экспортируйте их заново.',
    remove: 'Удалить',
    removeOf: (site) => `Удалить cookie сайта ${site}`,
    removed: 'Cookie удалены.',
    tooLarge: 'Файл слишком большой: cookie одного сайта занимают несколько килобайт.',
    missing: 'Сначала выберите файл.',
  },
} satisfies Translation<typeof english>;

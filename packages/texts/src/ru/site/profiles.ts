import { triedWays } from '../ways/tried-ways.ts';
import type { siteProfiles as english } from '../../en/site/profiles.ts';
import type { Translation } from '../../translation.ts';

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
} satisfies Translation<typeof english>;

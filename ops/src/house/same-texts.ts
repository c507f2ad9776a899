import type { Language } from '@linkcast/texts';

/** Names, commands and codes: the same in every language, by their path in the catalogue. */
const INVARIANT = [
  'api.extractingInfo', // the ancestor's contract
  'bot.name',
  'bot.stats.title',
  'checks.Telegram',
  'checks.ffmpeg',
  'bot.doctor.title',
  ...['node', 'ffmpeg', 'nginx', 'certbot', 'icecast', 'ezstream', 'gpgv', 'telegram'].map(
    (name) => `ops.doctor.checks.${name}`,
  ),
  'ops.doctor.upgradeNginx',
  'site.name',
  'site.add.qualities.1080p',
  'site.signIn.placeholder',
  'site.signIn.ownerCommand',
  'site.telegram.heading',
  ...['sftp', 'ftps'].map((protocol) => `site.deliveries.kinds.${protocol}`),
];

/** The texts of each language that are rightly those of the English catalogue. */
export const sameAsEnglish: Readonly<Record<Exclude<Language, 'en'>, ReadonlySet<string>>> = {
  es: new Set([
    ...INVARIANT,
    'bot.typeName.audio',
    'bot.radio',
    'site.nav.radio',
    'site.titles.radio',
    'site.types.audio',
    'site.player.audio',
    'site.player.auto',
    'site.player.autoOf',
    'site.radio.heading',
  ]),
  ru: new Set(INVARIANT),
};

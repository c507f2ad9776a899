import { upkeepCheckNames, type Finding, type Health, type Message, type PartName } from '@linkcast/contracts';
import { message } from '@linkcast/texts';
import { fault, fine } from './finding.ts';

type Check = Health['checks'][number];

/** The action after a failed check, by the code of its message; null: its sentence says it. */
const BY_CODE: Readonly<Record<string, Message | null>> = {
  'database-disk-full': message('do-write-database-disk'),
  'database-read-only': message('do-write-database-disk'),
  'queue-paused-storage': message('do-free-disk'),
  'queue-paused-network': message('do-check-network'),
  'queue-paused-downloader': message('do-update-downloader'),
  'storage-over-limit': message('do-free-disk'),
  'volume-missing': null,
  'volume-foreign': null,
};
/** The same by the name of the check. */
const BY_NAME: Readonly<Record<string, Message>> = {
  database: message('do-check-database'),
  worker: message('do-start-worker'),
  downloader: message('do-update-downloader'),
  library: message('do-check-folders'),
  'media volume': message('do-check-disk'),
  'disk space': message('do-check-disk'),
  [upkeepCheckNames.name]: message('do-fix-name'),
  [upkeepCheckNames.certificate]: message('do-fix-certificate'),
  [upkeepCheckNames.reachable]: message('do-check-router'),
};

/** The checks of the health, each failed one with what to do. Without a public name, the reachability is a note. */
export function healthFindings({ checks, reachability }: Pick<Health, 'checks' | 'reachability'>): Finding[] {
  const hasName = checks.some(({ name }) => name === upkeepCheckNames.name);
  return [...checks.map(findingOf), ...(hasName ? [] : [localFinding(reachability)])];
}

function findingOf({ name, ok, detail, message: reported }: Check): Finding {
  const worded = { sentence: detail, ...(reported && { message: reported }) };
  if (ok) return { name, state: 'ok', ...worded, action: null };
  const known = reported === undefined ? undefined : BY_CODE[reported.code];
  if (known === null) return { name, state: 'bad', ...worded, action: null };
  const { action } = fault(name, message('silent'), known ?? BY_NAME[name] ?? message('do-read-logs'));
  return { name, state: 'bad', ...worded, action };
}

function localFinding({ sentence, message: reported }: Health['reachability']): Finding {
  const worded = { sentence, ...(reported && { message: reported }) };
  return { name: upkeepCheckNames.reachable, state: 'note', ...worded, action: null };
}

/** Checks that all parts report: one that does not accept its settings ends at once. */
export function settingsFinding({
  checks,
  name,
  certificate,
}: Pick<Health, 'checks' | 'name' | 'certificate'>): Finding {
  const isWell = (check: string): boolean => checks.every((each) => each.name !== check || each.ok);
  const silent: PartName[] = [
    ...(isWell('worker') ? [] : (['worker'] as const)),
    ...(isWell('station') ? [] : (['icecast'] as const)),
    ...(name === null ? (['ddns'] as const) : []),
    ...(certificate === null ? (['certbot'] as const) : []),
  ];
  return silent.length === 0
    ? fine('settings', message('settings-accepted'))
    : fault('settings', message('parts-silent', { names: silent }), message('do-check-settings'));
}

/** The open notices. */
export function noticeFindings(notices: Health['notices']): Finding[] {
  return notices.map(({ severity, sentence, message: reported, action }) => ({
    name: 'notice',
    state: severity === 'critical' ? 'bad' : 'note',
    sentence,
    ...(reported && { message: reported }),
    action,
  }));
}

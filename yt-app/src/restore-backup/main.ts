/**
 * Restores a backup, while Linkcast does not run. Reads the passphrase from standard input: nothing, when the backup needs none.
 *
 *   main.ts --from DIRECTORY [--without-secrets] [--print-settings]
 *
 *   --without-secrets   restores none, and needs no passphrase
 *   --print-settings   proves the backup, prints its `.env`, and changes nothing
 */
import { loadConfigOrExit } from '@linkcast/kit';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { textsOf } from '@linkcast/texts';
import { RestoreConfig } from './config.ts';
import { refusalSentence } from './refusal-sentence.ts';
import { continueRestore, proveRestorable, restoreBackup, type Restored } from './restore-backup.ts';
import { readSettings } from './restored-settings.ts';

const EXIT_USAGE = 64;
const config = loadConfigOrExit(RestoreConfig, process.env);
process.umask(0o077);
const { backup: texts, ops } = textsOf(config.LANGUAGE);
const { from, isForSettings, isWithoutSecrets } = readArguments();
const passphrase = (await text(process.stdin)).trim().normalize('NFC') || undefined;
const secretsOptions = { passphrase, isWithoutSecrets };
const options = { dataDir: config.DATA_DIR, mediaDir: config.MEDIA_DIR, databaseUrl: config.DATABASE_URL };

try {
  if (from === undefined) fail(ops.scripts.restoreUsage, EXIT_USAGE);
  else if (isForSettings) await printSettings(from);
  else await restore(from);
} catch (error) {
  const sentence = refusalSentence(error, { from: from ?? '', dataDir: config.DATA_DIR, texts });
  if (sentence === undefined) throw error;
  fail(sentence, 1);
}

async function printSettings(backup: string): Promise<void> {
  const { secrets } = await proveRestorable(backup, secretsOptions);
  process.stdout.write(await readSettings(backup, secrets, texts.settingsUnproved));
}

async function restore(backup: string): Promise<void> {
  const { manifest } = await proveRestorable(backup, secretsOptions);
  const continued = await continueRestore(options);
  if (continued) say(texts.continued({ at: continued.madeAt }));
  if (continued?.madeAt !== manifest.madeAt) report(await restoreBackup({ ...options, ...secretsOptions, backup }));
  say(texts.access, texts.restored);
}

function report({ manifest, secrets, mediaItems, aside }: Restored): void {
  const { madeAt: at, media } = manifest;
  say(texts.proved({ at, count: media.items }));
  if (mediaItems > 0) say(texts.mediaRestored({ count: mediaItems }));
  say(secrets ? texts.secretsRestored : texts.secretsKept, texts.aside({ path: aside }));
}

interface Arguments {
  readonly from?: string | undefined;
  readonly isForSettings: boolean;
  readonly isWithoutSecrets: boolean;
}

function readArguments(): Arguments {
  const options = {
    from: { type: 'string' },
    'print-settings': { type: 'boolean', default: false },
    'without-secrets': { type: 'boolean', default: false },
  } as const;
  try {
    const { values } = parseArgs({ options });
    return { from: values.from, isForSettings: values['print-settings'], isWithoutSecrets: values['without-secrets'] };
  } catch {
    return { isForSettings: false, isWithoutSecrets: false }; // an option of another name
  }
}

function say(...sentences: string[]): void {
  process.stdout.write(sentences.map((sentence) => `${sentence}\n`).join(''));
}

function fail(sentence: string, exitCode: number): void {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = exitCode;
}

import { randomBytes } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  mediaMarker,
  type DeliveryWork,
  type DeliveredItem,
  type WorkReport,
  type WorkTarget,
} from '@linkcast/contracts';
import { createLogger, detectSandbox } from '@linkcast/kit';
import { fixturePaths, makeFixtures, startEgress, type EgressProcess } from '@linkcast/testing';
import { createJobTickets } from '../../../src/egress/job-tickets.ts';
import { createItemFiles } from '../../../src/pipeline/item-file.ts';
import { createStorageGuard } from '../../../src/pipeline/limits/storage-guard.ts';
import { createFfmpeg } from '../../../src/pipeline/programs/ffmpeg/ffmpeg.ts';
import { createDeliveryWork } from '../../../src/worker/delivery/delivery-work.ts';
import { WorkStopped } from '../../../src/worker/work-control.ts';

export const MEDIA_ID = 'aaaaaaaaaaaaaaaaaaab';
const NEVER = new AbortController().signal;

/** The worker's side of deliveries, with a real item, ffmpeg and egress proxy. */
export interface DeliveryRig {
  /** Sets the part of the disk of the library that may be in use, 0 to 1. Default: all. */
  limitStorage(ratio: number): void;
  readonly mediaDir: string;
  /** DELIVERY_DIR. */
  readonly directory: string;
  readonly egress: EgressProcess;
  /** All that was logged. */
  log(): string;
  item(changes?: Partial<DeliveredItem>): DeliveredItem;
  /** An audio item of 40 MB, which takes a while. */
  largeItem(): Promise<DeliveredItem>;
  /** Delivers an item and gives the last report; with `item: null`, tries the target. */
  run(target: Partial<WorkTarget>, options?: RunOptions): Promise<WorkReport>;
  /** Every file below a folder, relative to it. */
  filesIn(folder: string): Promise<string[]>;
  close(): Promise<void>;
}

interface RunOptions {
  readonly item?: DeliveredItem | null;
  readonly idleMs?: number;
  /** The host and port of the ticket. Default: those of the target. */
  readonly ticketFor?: { readonly host: string; readonly port: number };
  /** Default: DELIVERY_DIR of the rig. */
  readonly directory?: string | undefined;
  readonly signal?: AbortSignal;
}

const TARGET: WorkTarget = {
  ...{ kind: 'sftp', host: '127.0.0.1', port: 22, user: '', secret: '', pin: null, folder: '' },
  layout: 'media-server',
};

/** @param hostPorts of the servers, which are on this machine: the proxy refuses it otherwise. */
export async function createDeliveryRig(hostPorts: readonly string[]): Promise<DeliveryRig> {
  const mediaDir = await mkdtemp(path.join(tmpdir(), 'linkcast-media-'));
  const directory = await mkdtemp(path.join(tmpdir(), 'linkcast-delivered-'));
  await makeItem(mediaDir);
  const egress = await startEgress({ ALLOW_PRIVATE_SOURCES: hostPorts.join(',') });
  const lines: string[] = [];
  const logger = createLogger({ service: 'test', level: 'debug', destination: { write: (line) => lines.push(line) } });
  const tickets = createJobTickets({
    ...{ egressUrl: egress.url, key: egress.key, maxBytes: 1 },
    readName: () => Promise.resolve(null),
  });
  const ffmpeg = createFfmpeg({ owner: mediaDir, sandbox: await detectSandbox() });
  let storageLimit = 1;
  const storage = { check: (bytes?: number) => createStorageGuard(mediaDir, storageLimit).check(bytes) };
  const withItemFiles = createItemFiles({ ffmpeg, storage, mediaDir });
  let count = 0;

  const rig: DeliveryRig = {
    ...{ mediaDir, directory, egress, log: () => lines.join('') },
    limitStorage: (ratio) => void (storageLimit = ratio),
    item: (changes) => ({
      ...{ mediaId: MEDIA_ID, type: 'video', title: 'A film', uploader: 'Somebody', durationSeconds: 10 },
      ...{ createdAt: '2026-11-30T10:00:00.000Z', video: 'v360', audio: 'audio', hasFile: false, hasPoster: true },
      ...changes,
    }),
    async largeItem() {
      const mediaId = 'aaaaaaaaaaaaaaaaaaac';
      await mkdir(path.join(mediaDir, mediaId), { recursive: true });
      await writeFile(path.join(mediaDir, mediaId, 'audio.mp3'), randomBytes(40e6));
      return rig.item({ mediaId, type: 'audio', video: null, hasFile: true, hasPoster: false });
    },
    async run(changes, { item = rig.item(), idleMs = 5000, ticketFor, signal = NEVER, ...options } = {}) {
      const target = { ...TARGET, ...changes };
      const { host, port } = ticketFor ?? target;
      const only = { host, port, isPassive: target.kind !== 'sftp' };
      const id = `delivery-${(count += 1)}`;
      const work: DeliveryWork = {
        ...{ kind: 'delivery', id, fence: 1, target, item },
        proxyUrl:
          target.kind === 'folder' ? null : tickets.issueFor(only, { claimId: id, lifetimeMs: 60_000, maxBytes: 1e9 }),
      };
      const reports: WorkReport[] = [];
      const client = {
        reportWork: (_id: string, { report }: { report: WorkReport }) => {
          reports.push(report);
          return Promise.resolve({ isWanted: true });
        },
      };
      const given = 'directory' in options ? options.directory : directory;
      const runWork = createDeliveryWork({ client, withItemFiles, directory: given, logger, idleMs });
      const control = { signal, leaseLost: NEVER, enough: NEVER, finish: nothing, onRecording: nothing, stop: nothing };
      await runWork(work, control);
      const [report] = reports;
      if (!report || reports.length > 1) throw new Error(`${reports.length} reports`);
      return report;
    },
    async filesIn(folder) {
      const found = await readdir(folder, { recursive: true, withFileTypes: true });
      const files = found.filter((entry) => !entry.isDirectory());
      return files.map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name))).toSorted();
    },
    async close() {
      await egress.close();
      for (const each of [mediaDir, directory]) await rm(each, { recursive: true, force: true });
    },
  };
  return rig;
}

function nothing(): void {
  // the work of these tests has no lease
}

/** The signal of a worker that has to stop. */
export function stopSignal(): AbortController & { halt(): void } {
  const controller = new AbortController();
  return Object.assign(controller, { halt: () => controller.abort(new WorkStopped('unwanted')) });
}

/** The code of the problem that a report has; undefined: it has none. */
export function codeOf(report: WorkReport): string | undefined {
  if (report.type === 'failed') return report.problem.code;
  return report.type === 'tried' ? report.problem?.code : undefined;
}

async function makeItem(mediaDir: string): Promise<void> {
  const fixtures = await makeFixtures();
  const folder = path.join(mediaDir, MEDIA_ID);
  await mkdir(folder);
  await writeFile(path.join(mediaDir, mediaMarker), '');
  const copies = [
    [fixturePaths.mp4, 'v360.mp4'],
    [fixturePaths.m4a, 'audio.mp4'],
    [fixturePaths.mp3, 'audio.mp3'],
    [fixturePaths.thumbnail, 'poster.jpg'],
  ] as const;
  for (const [from, to] of copies) await copyFile(path.join(fixtures, from), path.join(folder, to));
}

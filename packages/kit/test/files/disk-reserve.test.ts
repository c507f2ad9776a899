import { stat } from 'node:fs/promises';
import path from 'node:path';
import { mountSmallDisk, type SmallDisk } from '@linkcast/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDiskReserve } from '../../src/files/disk-reserve.ts';

let disk: SmallDisk;
beforeEach(async ({ skip }) => {
  const mounted = await mountSmallDisk(16);
  if (!mounted) return skip('a small disk can be mounted by root only');
  disk = mounted;
});
afterEach(() => disk.close());

const file = () => path.join(disk.folder, 'reserve');

describe('createDiskReserve', () => {
  it('a disk with room: takes a sixteenth of it, gives it back once, and takes it again', async () => {
    const reserve = createDiskReserve(file(), disk.folder);
    expect(reserve.isHeld()).toBe(false);
    expect(await Promise.all([reserve.restore(), reserve.restore()])).toEqual([true, true]);
    expect((await stat(file())).size).toBe(2 ** 20);
    expect([reserve.release(), reserve.release()]).toEqual([2 ** 20, 0]);
    expect(await reserve.restore()).toBe(true);
  });

  it('a disk that is full, or read-only: takes nothing, until it has room', async () => {
    const reserve = createDiskReserve(file(), disk.folder);
    disk.fill();
    expect(await reserve.restore()).toBe(false);
    await disk.empty();
    disk.setReadOnly(true);
    expect(await reserve.restore()).toBe(false);
    disk.setReadOnly(false);
    expect(await reserve.restore()).toBe(true);
  });

  it('after a restart: the file of the last run is the reserve', async () => {
    await createDiskReserve(file(), disk.folder).restore();
    const reserve = createDiskReserve(file(), disk.folder);
    expect(reserve.isHeld()).toBe(true);
    expect(reserve.release()).toBe(2 ** 20);
  });
});

import type { NameStatus } from '@linkcast/contracts';
import { readEgressTicket } from '@linkcast/kit';
import { describe, expect, it } from 'vitest';
import { createJobTickets } from '../../src/egress/job-tickets.ts';

const KEY = 'a-key-of-the-egress-proxy-for-tests';
const address = (family: 4 | 6, own: string | null, ...served: string[]) => ({
  family,
  public: own,
  served,
  writtenAt: null,
});

async function claims(known: Pick<NameStatus, 'addresses' | 'routerAddress'> | null) {
  const status = known as NameStatus | null; // the rest is not read
  const tickets = createJobTickets({
    egressUrl: 'http://egress:5003',
    key: KEY,
    maxBytes: 1000,
    readName: () => Promise.resolve(status),
  });
  const { host, username, password } = new URL(await tickets.issue('job1', 60_000));
  expect(host).toBe('egress:5003');
  return readEgressTicket(KEY, username, password, Date.now());
}

describe('a ticket of a job', () => {
  it('without an answer of the DDNS updater: has the limits, and refuses no address of ours', async () => {
    const ticket = await claims(null);
    expect(ticket).toMatchObject({ maxBytes: 1000, refusedAddresses: [], purpose: 'download' });
    expect(ticket?.jobId).toMatch(/^job1\./);
    expect((ticket?.expiresAt ?? 0) - Date.now()).toBeGreaterThan(55_000);
  });

  it('of another run of the same job: has another job id', async () => {
    expect((await claims(null))?.jobId).not.toBe((await claims(null))?.jobId);
  });

  it('with our addresses seen from outside, served and from the router: refuses all of them', async () => {
    const ticket = await claims({
      addresses: [
        address(4, '93.184.216.34', '93.184.216.34', '93.184.216.35'),
        address(6, null, '2606:4700:0::1111', 'nonsense'),
      ],
      routerAddress: '93.184.216.36',
    });
    expect(ticket?.refusedAddresses.toSorted()).toEqual([
      '2606:4700::1111',
      '93.184.216.34',
      '93.184.216.35',
      '93.184.216.36',
    ]);
  });

  it('with a hundred addresses of ours: refuses 32, as many as a ticket can hold', async () => {
    const served = Array.from({ length: 100 }, (_, index) => `93.184.216.${index}`);
    expect(
      (await claims({ addresses: [address(4, null, ...served)], routerAddress: null }))?.refusedAddresses,
    ).toHaveLength(32);
  });
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { findFreePort } from './free-port.ts';
import { until } from './until.ts';

/** A DNS server for an ACME server to ask (pebble-challtestsrv): it knows the names it is told, and only those. */
export interface ChallengeDns {
  /** `host:port`, UDP and TCP. */
  readonly address: string;
  /** The IPv4 address that a name leads to. */
  setAddress(name: string, address: string): Promise<void>;
  setTxt(name: string, value: string): Promise<void>;
  clearTxt(name: string): Promise<void>;
  stop(): Promise<void>;
}

/** Starts pebble-challtestsrv (Debian's package `pebble`) with its DNS alone. */
export async function startChallengeDns(): Promise<ChallengeDns> {
  const address = `127.0.0.1:${await findFreePort()}`;
  const management = `127.0.0.1:${await findFreePort()}`;
  const off = ['-http01', '', '-https01', '', '-tlsalpn01', '', '-defaultIPv4', '', '-defaultIPv6', ''];
  const child = spawn('pebble-challtestsrv', ['-dns01', address, '-management', management, ...off], {
    stdio: 'ignore',
  });
  const tell = async (action: string, facts: unknown): Promise<void> => {
    const answer = await fetch(`http://${management}/${action}`, { method: 'POST', body: JSON.stringify(facts) });
    if (!answer.ok) throw new Error(`pebble-challtestsrv: ${action} answered ${answer.status}`);
  };
  await until(async () => {
    await tell('clear-txt', { host: 'nothing.test.' });
    return true;
  }, 20);
  return {
    address,
    setAddress: (name, ip) => tell('add-a', { host: `${name}.`, addresses: [ip] }),
    setTxt: (name, value) => tell('set-txt', { host: `${name}.`, value }),
    clearTxt: (name) => tell('clear-txt', { host: `${name}.` }),
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.kill();
      await exited;
    },
  };
}

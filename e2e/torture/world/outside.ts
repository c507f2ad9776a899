import {
  createBotApiServer,
  createCanary,
  createOriginServer,
  createTcpLine,
  makeFixtures,
  startPostgres,
  type BotApiServer,
  type Canary,
  type OriginServer,
  type PostgresServer,
  type TcpLine,
} from '@linkcast/testing';
import type { TortureOptions } from '../options.ts';
import { addPrivateAddress } from './private-address.ts';

/** The world outside of the installation, and the lines to it, which the nemesis cuts. */
export interface Outside {
  /** Sources; each is {@link SOURCE_SECONDS} long. */
  readonly origin: OriginServer;
  /** `http://127.0.0.1:12345` of the origin, by its line. */
  readonly sourceUrl: string;
  /** On loopback and on an address of a private network; sources lead to it. */
  readonly canary: Canary;
  readonly telegram: BotApiServer;
  readonly telegramUrl: string;
  /** Undefined: the database is SQLite. */
  readonly postgres: PostgresServer | undefined;
  readonly databaseUrl: string | undefined;
  readonly lines: {
    readonly source: TcpLine;
    readonly Telegram: TcpLine;
    readonly database: TcpLine | undefined;
  };
  close(): Promise<void>;
}

export const SOURCE_SECONDS = 10;

export async function createOutside(database: TortureOptions['database']): Promise<Outside> {
  const origin = await createOriginServer({ root: await makeFixtures({ seconds: SOURCE_SECONDS }) });
  const telegram = await createBotApiServer();
  const privateAddress = await addPrivateAddress();
  const canary = await createCanary(['127.0.0.1', privateAddress.address]);
  const postgres = database === 'postgres' ? await startPostgres() : undefined;
  const directUrl = postgres && new URL(await postgres.createDatabase());
  const lines = {
    source: await createTcpLine(portIn(origin.url)),
    Telegram: await createTcpLine(portIn(telegram.url)),
    database: directUrl && (await createTcpLine(portIn(directUrl.href))),
  };
  const databaseUrl = directUrl && lines.database && withPort(directUrl, lines.database.port);
  return {
    ...{ origin, canary, telegram, postgres, databaseUrl, lines },
    sourceUrl: `http://127.0.0.1:${lines.source.port}`,
    telegramUrl: `http://127.0.0.1:${lines.Telegram.port}`,
    async close() {
      await Promise.all([lines.source.close(), lines.Telegram.close(), lines.database?.close()]);
      await Promise.all([origin.close(), canary.close(), telegram.close(), postgres?.close()]);
      await privateAddress.remove();
    },
  };
}

function portIn(url: string): number {
  return Number(new URL(url).port);
}

function withPort(url: URL, port: number): string {
  const changed = new URL(url);
  changed.port = String(port);
  return changed.href;
}

import { paths } from '@linkcast/contracts';
import { textsOf } from '@linkcast/texts';
import type { Browser, Page } from 'playwright-core';
import type { Stack } from './stack.ts';
import { createStranger, type Visitor } from './visitor.ts';

const { site: words } = textsOf('en');

/** A member of the household in a browser of their own. */
export interface Housemate {
  readonly name: string;
  readonly id: string;
  readonly visitor: Visitor;
  /** A page of the site. */
  readonly page: Page;
  /** Calls the API as the page does. */
  ask(method: string, path: string, body?: object): Promise<{ status: number; body: unknown }>;
}

export interface HousemateOptions {
  /** Called with the page before it opens the invitation. Default: nothing. */
  readonly prepare?: (page: Page) => Promise<unknown>;
  /** Adds a passkey when it is offered. */
  readonly addsPasskey?: boolean;
}

/** Opens the link of an invitation, as its QR code has it, and joins. */
export async function joinHousehold(
  browser: Browser,
  stack: Stack,
  name: string,
  { prepare, addsPasskey = false }: HousemateOptions = {},
): Promise<Housemate> {
  const { path } = await stack.api.createInvitation();
  const visitor = await createStranger(browser);
  const page = await visitor.context.newPage();
  await prepare?.(page);
  await page.goto(`${stack.siteUrl}${path}`, { waitUntil: 'domcontentloaded' });
  await page.getByLabel(words.join.name).fill(name);
  await page.getByRole('button', { name: words.join.submit, exact: true }).click();
  const answer = addsPasskey ? words.passkeys.add : words.passkeys.later;
  await page.getByRole('button', { name: answer, exact: true }).click();
  await page.waitForURL((url) => url.pathname === paths.library, { timeout: 15_000 });
  const housemate = { name, visitor, page, ask: (...call: Call) => askFrom(page, ...call) };
  const { body } = await housemate.ask('GET', '/api/me');
  return { ...housemate, id: (body as { id: string }).id };
}

type Call = [method: string, path: string, body?: object];

/** Sends a request from a page, with its cookie and its origin. */
async function askFrom(page: Page, method: string, path: string, body?: object) {
  return page.evaluate(
    async ([how, where, content]) => {
      const headers = content === undefined ? {} : { 'content-type': 'application/json' };
      const response = await fetch(where, { method: how, headers, ...(content !== undefined && { body: content }) });
      const text = await response.text();
      const isJson = (response.headers.get('content-type') ?? '').includes('json');
      return { status: response.status, body: isJson ? (JSON.parse(text) as unknown) : text };
    },
    [method, path, body === undefined ? undefined : JSON.stringify(body)] as const,
  );
}

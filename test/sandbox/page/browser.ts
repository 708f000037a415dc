import { type Browser, chromium, type Page } from 'playwright-core';
import type { PageState } from '../../../src/sandbox/page-contract.ts';
import { CHROMIUM_ARGUMENTS } from '../../real-servers.ts';
import { type PageFixture, startPageFixture } from './page-fixture-server.ts';

/** One page with a canned workspace behind it, and everything that went wrong in it. */
export interface Visit extends AsyncDisposable {
  readonly page: Page;
  readonly server: PageFixture;
  /** Script errors, console errors (policy violations among them) and requests to elsewhere. */
  readonly wrong: readonly string[];
}

export interface VisitOptions {
  readonly phone?: boolean;
  readonly dark?: boolean;
}

/** A browser and one fixture server for a whole file. A visit is a fresh page in a tab that stays, which is quicker. */
export interface Visitor {
  visit(state: PageState, options?: VisitOptions): Promise<Visit>;
  close(): Promise<void>;
}

export async function openVisitor(executablePath: string): Promise<Visitor> {
  const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_ARGUMENTS] });
  const server = await startPageFixture();
  const tabs = new Map<string, Promise<Tab>>();
  return {
    async visit(state, options = {}) {
      const key = `${options.phone === true} ${options.dark === true}`;
      const opening = tabs.get(key) ?? openTab(browser, options, server.url);
      tabs.set(key, opening);
      const { page, wrong } = await opening;
      server.reset(state);
      await page.goto(server.url);
      await page.locator('.main h1').waitFor();
      return { page, server, wrong, [Symbol.asyncDispose]: () => leave(page, wrong) };
    },
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

interface Tab {
  readonly page: Page;
  readonly wrong: string[];
}

async function openTab(browser: Browser, options: VisitOptions, url: string): Promise<Tab> {
  const context = await browser.newContext({
    viewport: options.phone ? { width: 390, height: 800 } : { width: 1280, height: 860 },
    colorScheme: options.dark ? 'dark' : 'light',
    hasTouch: options.phone ?? false,
    isMobile: options.phone ?? false,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const wrong: string[] = [];
  page.on('pageerror', (error) => wrong.push(String(error)));
  page.on('console', (line) => {
    if (line.type() === 'error' || line.type() === 'warning') wrong.push(line.text());
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && request.url() !== 'about:blank')
      wrong.push(`left the machine: ${request.url()}`);
  });
  return { page, wrong };
}

/** Forgets what the tab remembers and stops its requests, so that no visit sees the one before. */
async function leave(page: Page, wrong: string[]): Promise<void> {
  await page.evaluate('sessionStorage.clear()');
  await page.goto('about:blank');
  wrong.length = 0;
}

import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
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

/** A browser and one fixture server for a whole file: the page's modules are loaded once, a tab is new every time. */
export interface Visitor {
  visit(state: PageState, options?: VisitOptions): Promise<Visit>;
  close(): Promise<void>;
}

export async function openVisitor(executablePath: string): Promise<Visitor> {
  const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_ARGUMENTS] });
  const server = await startPageFixture();
  const contexts = new Map<string, Promise<BrowserContext>>();
  return {
    async visit(state, options = {}) {
      const key = `${options.phone === true} ${options.dark === true}`;
      const context = contexts.get(key) ?? newContext(browser, options);
      contexts.set(key, context);
      server.reset(state);
      return openPage(await context, server);
    },
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

function newContext(browser: Browser, options: VisitOptions): Promise<BrowserContext> {
  return browser.newContext({
    viewport: options.phone ? { width: 390, height: 800 } : { width: 1280, height: 860 },
    colorScheme: options.dark ? 'dark' : 'light',
    hasTouch: options.phone ?? false,
    isMobile: options.phone ?? false,
    reducedMotion: 'reduce',
  });
}

async function openPage(context: BrowserContext, server: PageFixture): Promise<Visit> {
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const wrong: string[] = [];
  page.on('pageerror', (error) => wrong.push(String(error)));
  page.on('console', (line) => {
    if (line.type() === 'error' || line.type() === 'warning') wrong.push(line.text());
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(server.url)) wrong.push(`left the machine: ${request.url()}`);
  });
  await page.goto(server.url);
  await page.locator('.main h1').waitFor();
  return { page, server, wrong, [Symbol.asyncDispose]: () => page.close() };
}

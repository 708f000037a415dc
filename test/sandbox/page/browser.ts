import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import type { PageState } from '../../../src/sandbox/page-contract.ts';
import { CHROMIUM_ARGUMENTS } from '../../real-servers.ts';
import { type PageFixture, startPageFixture } from './page-fixture-server.ts';

export function openBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: [...CHROMIUM_ARGUMENTS] });
}

/** One page with a canned workspace behind it, and everything that went wrong in it. */
export interface Visit extends AsyncDisposable {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly server: PageFixture;
  /** Script errors, console errors (policy violations among them) and requests to elsewhere. */
  readonly wrong: readonly string[];
}

export interface VisitOptions {
  readonly phone?: boolean;
  readonly dark?: boolean;
}

export async function visit(browser: Browser, state: PageState, options: VisitOptions = {}): Promise<Visit> {
  const server = await startPageFixture(state);
  const context = await browser.newContext({
    viewport: options.phone ? { width: 390, height: 800 } : { width: 1280, height: 860 },
    colorScheme: options.dark ? 'dark' : 'light',
    hasTouch: options.phone ?? false,
    isMobile: options.phone ?? false,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(5000);
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
  return {
    page,
    context,
    server,
    wrong,
    async [Symbol.asyncDispose]() {
      await context.close();
      await server.close();
    },
  };
}

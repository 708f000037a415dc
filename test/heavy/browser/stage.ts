import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright-core';
import type { Running } from '../../../src/cli/composition.ts';
import { startSandbox } from '../../../src/main.ts';
import { CHROMIUM_ARGUMENTS } from '../../real-servers.ts';

/** A sandbox as `steady sandbox` starts it, its clock standing still, and a browser to take part in it. */
export interface Stage {
  /** The address that a person is told to open. */
  readonly url: string;
  /** What the bot and the sandbox complained about. */
  readonly complaints: readonly string[];
  /** A new window on the workspace, as Lea until `become` says otherwise. */
  open(look: Look): Promise<Seat>;
  close(): Promise<void>;
}

/** How somebody looks at the page. */
export interface Look {
  readonly phone: boolean;
  readonly dark: boolean;
  /** Device pixels per CSS pixel, 1 unless a sharper picture is wanted. */
  readonly sharpness?: number;
}

export const DESKTOP = { width: 1280, height: 860 } as const;
export const PHONE = { width: 390, height: 844 } as const;

/** Starts both; what `open` gave is closed with them. */
export async function startStage(executablePath: string): Promise<Stage> {
  const said: string[] = [];
  const complaints: string[] = [];
  const sandbox: Running = await startSandbox(
    { port: 0, clockFree: true },
    { out: (line) => void said.push(line), err: (line) => void complaints.push(line) },
  );
  const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_ARGUMENTS] });
  const url = addressIn(said.join('\n'));
  return {
    url,
    complaints,
    open: (look) => openSeat(browser, url, look),
    close: async () => {
      await browser.close();
      await sandbox.stop();
    },
  };
}

/** The address that the sandbox prints. */
export function addressIn(output: string): string {
  const found = /http:\/\/127\.0\.0\.1:\d+\/[\w-]+\//.exec(output)?.[0];
  if (found === undefined) throw new Error(`No address in: ${output}`);
  return found;
}

/** One window, and what a person does and sees in it. */
export interface Seat {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Script errors, console errors and requests to elsewhere. */
  readonly wrong: readonly string[];
  /** Messages at top level of the open conversation, and of the open thread. */
  messages(containing?: string | RegExp): Locator;
  replies(containing?: string | RegExp): Locator;
  say(text: string): Promise<void>;
  reply(text: string): Promise<void>;
  /** Opens the thread below a message. */
  openThread(message: Locator): Promise<void>;
  closeThread(): Promise<void>;
  /** A channel, a person or the app, by the name in the sidebar. */
  visit(name: string): Promise<void>;
  become(name: string): Promise<void>;
  /** Moves the workspace's clock, and the bot's with it; `amount` as one types it: `26`, `90s`. */
  advance(amount: string): Promise<void>;
  /** What the pane lists, newest first, each as one line. */
  pings(): Promise<string[]>;
  /** Goes where the newest notification with these words points. */
  followPing(words: string): Promise<void>;
  /** What one does with a message by hovering or, on a phone, by holding it. */
  act(message: Locator, label: string): Promise<void>;
  /** By how many pixels the page is wider than its window; 0 when nothing is cut off. */
  overflow(): Promise<number>;
}

/** Opens a window on a workspace that runs, wherever it came from. */
export async function openSeat(browser: Browser, url: string, look: Look): Promise<Seat> {
  const context = await browser.newContext({
    viewport: look.phone ? PHONE : DESKTOP,
    colorScheme: look.dark ? 'dark' : 'light',
    hasTouch: look.phone,
    isMobile: look.phone,
    reducedMotion: 'reduce',
    deviceScaleFactor: look.sharpness ?? 1,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const wrong: string[] = [];
  page.on('pageerror', (error) => wrong.push(String(error)));
  page.on('console', (line) => {
    if (line.type() === 'error') wrong.push(line.text());
  });
  page.on('request', (request) => {
    if (!request.url().startsWith('http://127.0.0.1:')) wrong.push(`left the machine: ${request.url()}`);
  });
  await page.goto(url);
  await page.locator('.main h1').waitFor();

  const send = async (side: '.main' | '.pane', text: string) => {
    await page.locator(`${side} textarea[role=combobox]`).fill(text);
    await page.locator(`${side} .composer .send`).click();
    // Nothing left to send. What is typed before that goes out after it.
    await page.locator(`${side} .composer .send:disabled`).waitFor();
  };
  const seat: Seat = {
    page,
    context,
    wrong,
    messages: (containing) => within(page.locator('.main .message'), containing),
    replies: (containing) => within(page.locator('.pane .message'), containing),
    say: (text) => send('.main', text),
    reply: (text) => send('.pane', text),
    openThread: async (message) => {
      await message.locator('.reply-bar').last().click();
      await page.getByRole('complementary', { name: 'Thread' }).waitFor();
    },
    closeThread: async () => {
      await page.getByRole('button', { name: 'Close thread' }).click();
      await page.getByRole('complementary', { name: 'Thread' }).waitFor({ state: 'detached' });
    },
    visit: async (name) => {
      if (look.phone) await page.getByRole('button', { name: 'Channels' }).click();
      await page.locator('.sidebar .row', { hasText: name }).click();
      await page.getByRole('heading', { name, level: 1 }).waitFor();
    },
    become: async (name) => {
      await page.getByRole('button', { name: /^You are / }).click();
      await page.getByRole('menuitemradio', { name: new RegExp(name) }).click();
      await page.getByRole('button', { name: new RegExp(`^You are ${name}`) }).waitFor();
    },
    advance: async (amount) => {
      await page.locator('.clock-now').click();
      const panel = page.getByRole('dialog', { name: 'Move the clock' });
      await panel.getByLabel('Another amount').fill(amount);
      await panel.getByRole('button', { name: 'Move', exact: true }).click();
      await page.locator('.clock.busy').waitFor({ state: 'detached' });
      await page.keyboard.press('Escape');
      await panel.waitFor({ state: 'detached' });
    },
    pings: async () => {
      await page.getByRole('button', { name: /^Notifications: / }).click();
      const pane = page.getByRole('complementary', { name: 'Notifications' });
      await pane.waitFor();
      const lines = await pane.locator('.ping').allInnerTexts();
      await page.getByRole('button', { name: 'Close notifications' }).click();
      await pane.waitFor({ state: 'detached' });
      return lines.map((line) => line.replaceAll(/\s+/g, ' '));
    },
    followPing: async (words) => {
      await page.getByRole('button', { name: /^Notifications: / }).click();
      await page.locator('.ping', { hasText: words }).first().click();
    },
    act: async (message, label) => {
      if (look.phone) {
        await message
          .locator('.body')
          .first()
          .dispatchEvent('pointerdown', { pointerType: 'touch', bubbles: true });
        await page.getByRole('menuitem', { name: label }).tap();
      } else {
        await message.hover();
        await message.getByRole('button', { name: label }).click();
      }
    },
    overflow: () =>
      page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
  };
  return seat;
}

function within(all: Locator, containing: string | RegExp | undefined): Locator {
  return containing === undefined ? all : all.filter({ hasText: containing });
}

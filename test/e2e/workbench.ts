/** The built page in a real browser: served from dist/web, opened in fresh contexts, every error noted. */

import { fileURLToPath } from "node:url";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type OpenServer, openServer, type ServedAnswer, type ServerOptions } from "../../web/serve.mjs";
import { found, NO_BROWSER, startBrowser } from "./browser.ts";
import { settled } from "./page-answers.ts";

const folder = fileURLToPath(new URL("../../dist/web", import.meta.url));

export interface OpenOptions extends BrowserContextOptions {
  /** Errors that belong to the test. */
  readonly allowed?: RegExp;
  /** Before anything is loaded. */
  readonly prepare?: (page: Page, context: BrowserContext) => Promise<unknown>;
  /** Whether to wait until nothing is on its way (default: true). */
  readonly settle?: boolean;
}

export interface Workbench {
  /** Where the page is. */
  readonly address: string;
  /** What the server sent so far. */
  readonly answers: readonly ServedAnswer[];
  /** A page in a context of its own. @param hash state in the address, from # on */
  readonly open: (hash?: string, options?: OpenOptions) => Promise<Page>;
  /** A second page beside one that is open, in the same context. */
  readonly openBeside: (page: Page, hash: string) => Promise<Page>;
}

/** A test may take this long on a machine that has other work, in milliseconds. */
const PATIENCE = 240_000;

/** Of the screen that the page is made for. */
const DESKTOP = { width: 1280, height: 800 };

/**
 * Tests in a browser: one browser and one server for all of them, one context for each. A test fails of every error,
 * warning and failed request that it does not allow. Without a browser they fail in CI and are skipped elsewhere.
 */
export function inBrowser(
  title: string,
  tests: (workbench: Workbench) => void,
  server: Partial<Omit<ServerOptions, "folder">> = {},
): void {
  if (found === undefined) {
    if (process.env["CI"]) describe(title, () => it("has a browser", () => expect.fail(NO_BROWSER)));
    else describe.skip(`${title} (${NO_BROWSER})`, () => it("has a browser", () => {}));
    return;
  }
  describe(title, { timeout: PATIENCE }, () => {
    let browser: Browser;
    let served: OpenServer;
    const answers: ServedAnswer[] = [];
    const problems = new Set<string>();
    beforeAll(async () => {
      served = await openServer({ folder, port: 0, onAnswer: (answer) => answers.push(answer), ...server });
      browser = await startBrowser();
    });
    afterAll(async () => {
      await browser?.close();
      await served?.close();
    });
    afterEach(async () => {
      for (const context of browser.contexts()) await context.close();
      const noted = [...problems];
      problems.clear();
      expect(noted, "errors noted in the page").toEqual([]);
    });
    const visit = async (page: Page, hash: string, settle: boolean): Promise<Page> => {
      await page.goto(served.address + hash);
      if (settle) await settled(page);
      return page;
    };
    tests({
      get address() {
        return served.address;
      },
      answers,
      open: async (hash = "", { allowed, prepare, settle = true, ...options } = {}) => {
        const context = await browser.newContext({ viewport: DESKTOP, ...options });
        const note = (text: string): void => {
          if (allowed === undefined || !allowed.test(text)) problems.add(text);
        };
        context.on("page", (page) => noteProblems(page, note));
        const page = await context.newPage();
        await prepare?.(page, context);
        return visit(page, hash, settle);
      },
      openBeside: async (page, hash) => visit(await page.context().newPage(), hash, true),
    });
  });
}

function noteProblems(page: Page, note: (text: string) => void): void {
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) note(`console: ${message.text()} (${message.location().url})`);
  });
  page.on("pageerror", (error) => note(`page: ${error.message}`));
  page.on("requestfailed", (request) => note(`request: ${request.url()} ${request.failure()?.errorText}`));
  page.on("response", (response) => {
    if (response.status() >= 400) note(`response: ${response.status()} ${response.url()}`);
  });
}

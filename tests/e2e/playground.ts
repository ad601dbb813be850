import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { browserFlags, findBrowser } from '../../bot/local/browser.ts';

/** A headless browser; each window is opened in a context of its own. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: findBrowser(), args: browserFlags });
}

interface Pick {
  /** Only a card that has this text. */
  card?: string;
}

/**
 * One Playground window, used as a person would: by what is on the screen. An action takes the newest card that
 * fits, waits until there is one, and fails after the page's time limit.
 */
export class PlaygroundWindow {
  readonly page: Page;
  /** The open chat or channel, without the list of chats and the log beside it. */
  readonly #pane: Locator;
  /** In a channel the newest post is on top, in a chat the newest message at the bottom. */
  #newestFirst = false;

  private constructor(page: Page) {
    this.page = page;
    this.#pane = page
      .locator('#root div:has([data-lexical-editor]):not(:has([role=tree])):not(:has([spellcheck=false]))')
      .first();
  }

  /**
   * Opens a window in its personal chat. What was shown before, in another window or before a reload, is gone;
   * what was sent while no window was open is shown.
   *
   * @param limit milliseconds that every action and `sees` may take
   */
  static async open(browser: Browser, url: string, limit = 10_000): Promise<PlaygroundWindow> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 1000 }, locale: 'sv-SE' });
    // Its fonts are on the internet; the tests need none.
    await context.route(
      (address) => address.hostname !== '127.0.0.1',
      (route) => route.abort(),
    );
    const page = await context.newPage();
    page.setDefaultTimeout(limit);
    await page.goto(url);
    const window = new PlaygroundWindow(page);
    await page.getByRole('treeitem', { name: 'Personal Chat' }).click();
    await window.#pane.waitFor();
    return window;
  }

  /** Goes to the chat with the bot. */
  async openChat(): Promise<void> {
    await this.page.getByRole('treeitem', { name: 'Personal Chat' }).click();
    await this.page.getByRole('button', { name: 'Post', exact: true }).waitFor({ state: 'detached' });
    this.#newestFirst = false;
  }

  /** Goes to a channel of the team. */
  async openChannel(name: string): Promise<void> {
    await this.page.getByRole('treeitem', { name: new RegExp(` - ${literal(name)}$`) }).click();
    await this.page.getByRole('button', { name: 'Post', exact: true }).waitFor();
    this.#newestFirst = true;
  }

  /**
   * Writes and sends a message; in a channel, a new post.
   *
   * @param mention name of someone to mention first; a bot is told of a post only when it is mentioned
   */
  async say(text: string, { mention }: { mention?: string } = {}): Promise<void> {
    const editor = this.#pane.locator('[data-lexical-editor]').first();
    await editor.click();
    if (mention) {
      await editor.pressSequentially('@');
      await this.page.getByRole('menuitem', { name: mention }).first().click();
    }
    await this.page.keyboard.insertText(text);
    const send = this.#newestFirst ? 'Post' : 'Send Message';
    await this.page.getByRole('button', { name: send, exact: true }).click();
  }

  /** The text of every card on the screen, from top to bottom. */
  cards(): Promise<string[]> {
    return this.#cards({}).allInnerTexts();
  }

  /** All that is written in the open chat or channel. */
  async text(): Promise<string> {
    return (await this.#pane.allInnerTexts()).join('\n');
  }

  /** Waits until a text is on the screen. */
  async sees(text: string | RegExp): Promise<void> {
    await this.#pane.getByText(text).first().waitFor();
  }

  /** Waits until a card with this text is on the screen, and gives its place. */
  async seesCard(text: string): Promise<Locator> {
    const card = this.#newest(this.#cards({ card: text }));
    await card.waitFor();
    return card;
  }

  /** Waits until a text is nowhere on the screen. */
  async seesNoMore(text: string | RegExp): Promise<void> {
    await this.#pane.getByText(text).first().waitFor({ state: 'detached' });
  }

  /** Presses a button, or a link that looks like one, in the newest card that has it. */
  async press(title: string, pick: Pick = {}): Promise<void> {
    const button = this.#cardWith(pick, this.#button(title));
    await this.#newest(button.locator(this.#button(title))).click();
  }

  /** Presses a button that the newest card keeps behind its "..." button. */
  async pressFolded(title: string, pick: Pick = {}): Promise<void> {
    const more = this.page.getByRole('button', { name: 'More options' });
    await this.#cardWith(pick, more).locator(more).last().click();
    await this.page.getByRole('menuitem', { name: title, exact: true }).click();
  }

  /** Writes in a text, number, date or time field of the newest card that has it. */
  async fill(label: string, value: string, pick: Pick = {}): Promise<void> {
    const field = this.page.getByRole('textbox', { name: labelled(label) });
    const any = field.or(this.page.getByLabel(labelled(label)).and(this.page.locator('input, textarea')));
    await this.#cardWith(pick, any).locator(any).first().fill(value);
  }

  /** Chooses one of the choices of a field, shown as radio buttons or as a list. */
  async choose(label: string, choice: string, pick: Pick = {}): Promise<void> {
    const radios = this.page.getByRole('radiogroup', { name: labelled(label) });
    const list = this.page.getByRole('combobox', { name: labelled(label) });
    const field = this.#cardWith(pick, radios.or(list)).locator(radios.or(list)).first();
    await field.waitFor();
    if ((await field.getAttribute('role')) === 'radiogroup') {
      await field.getByRole('radio', { name: choice, exact: true }).check();
    } else {
      await field.click();
      await this.page.getByRole('option', { name: choice, exact: true }).click();
    }
  }

  /** Sets or clears a box: a toggle by its title, one of several choices by its own. */
  async tick(label: string, on = true, pick: Pick = {}): Promise<void> {
    const box = this.page.getByRole('checkbox', { name: new RegExp(`${literal(label)}$`) });
    await this.#cardWith(pick, box).locator(box).first().setChecked(on);
  }

  /** What the bot answered to the last click, where the answer is a sentence under the card. */
  async answer(): Promise<string> {
    return (await this.#newest(this.#pane.getByLabel('Display Invoked Message')).textContent()) ?? '';
  }

  /** Saves what is on the screen as PNG. */
  async screenshot(path: string): Promise<void> {
    await this.page.screenshot({ path });
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }

  /** The cards of messages; a card shown inside another belongs to it. */
  #cards({ card }: Pick): Locator {
    const cards = this.#pane.locator('.ac-preview-panel');
    return card === undefined ? cards : cards.filter({ hasText: card });
  }

  #cardWith(pick: Pick, inside: Locator): Locator {
    return this.#newest(this.#cards(pick).filter({ has: inside }));
  }

  #newest(found: Locator): Locator {
    return this.#newestFirst ? found.first() : found.last();
  }

  #button(title: string): Locator {
    const named = { name: title, exact: true };
    return this.page.getByRole('button', named).or(this.page.getByRole('link', named));
  }
}

/** A field is named by its label, after which its error text may follow. */
function labelled(label: string): RegExp {
  return new RegExp(`^${literal(label)}`);
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

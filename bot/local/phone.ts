/** A phone that shows what would have made phones ring outside Teams. Of the local world only. */
import type { Instant } from '../core/ids.ts';
import { internationalNumber } from '../core/phone.ts';
import { localParts } from '../core/time.ts';
import type { Clock, Pager, PhoneMessage } from '../features/ports.ts';
import type { World } from './world.ts';

export interface LocalPhone extends Pager {
  /** A page that shows what has come, newest first. @param nonce that lets its styles count */
  show(nonce: string): string;
}

/** Older ones are let go of. */
const mostShown = 200;

export function createLocalPhone(
  { people, dutyFunction }: Pick<World, 'people' | 'dutyFunction'>,
  clock: Clock,
): LocalPhone {
  const rung: (PhoneMessage & { at: Instant })[] = [];
  const nameOf = (number: string): string => {
    const owner = people.find((person) => internationalNumber(person.number ?? '') === number);
    if (owner) return owner.name;
    return internationalNumber(dutyFunction.number) === number
      ? dutyFunction.name
      : 'a number that nobody here has';
  };
  return {
    async page(message) {
      if (internationalNumber(message.number) !== message.number) return { outcome: 'gone' };
      rung.unshift({ ...message, at: clock() });
      rung.length = Math.min(rung.length, mostShown);
      return { outcome: 'sent' };
    },
    show(nonce) {
      const items = rung.map(
        ({ number, text, locale, at }) => `<li><p class="meta"><time datetime="${at}">${shownTime(at)}</time>
SMS and call to <b>${escaped(nameOf(number))}</b>, ${escaped(number)}</p><p class="text" lang="${locale}">${escaped(text)}</p></li>`,
      );
      const list = items.length > 0 ? `<ol>\n${items.join('\n')}\n</ol>` : '<p>Nothing has come yet.</p>';
      return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Phone (${rung.length})</title>
<meta name="viewport" content="width=device-width"><meta http-equiv="refresh" content="2">
<style nonce="${nonce}">body{font:1rem system-ui;margin:1rem;max-width:40rem;overflow-wrap:anywhere}ol{list-style:none;padding:0}
li{border:1px solid #888;border-radius:.5rem;padding:.5rem .8rem;margin:.5rem 0}p{margin:.2rem 0}
.text{font-size:1.2rem}time{font-variant-numeric:tabular-nums;margin-right:.5rem}</style>
<h1>Phone</h1>
<p>What would have gone out by SMS and as a call, outside Teams, newest first. The page looks again every 2 s.
It is empty again when the bot has been restarted.</p>
${list}</html>`;
    },
  };
}

const shownTime = (at: Instant): string => {
  const { date, clock } = localParts(at);
  return `${date} ${clock}:${at.slice(17, 19)}`;
};

const escaped = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

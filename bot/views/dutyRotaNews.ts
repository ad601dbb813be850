import type { RotaNews, RotaRefusal } from '../core/dutyRota.ts';
import type { PersonId } from '../core/ids.ts';
import { texts } from '../text/index.ts';
import { momentOf, spanOf } from './dutyRota.ts';
import { nameOf } from './names.ts';
import type { Reader, View } from './view.ts';
import { words } from './words.ts';

/** That the rota has changed: one sentence to the channel; to a person, what it means for them and by whom. */
export function rotaNews(reader: Reader, { news, to }: { news: RotaNews; to: PersonId | 'channel' }): View {
  const t = texts(reader.locale);
  const paragraphs =
    to === 'channel'
      ? [channelNews(reader, news)]
      : [personNews(reader, news, to), t.dutyRota.news.by(nameOf(reader, news.by))];
  return { ...words(reader, { paragraphs }), summary: t.dutyRota.news.summary };
}

function channelNews(reader: Reader, news: RotaNews): string {
  const { news: say, swap } = texts(reader.locale).dutyRota;
  const by = nameOf(reader, news.by);
  if (news.do === 'swap') {
    const [one = '', other = ''] = news.shifts.map((shift) =>
      swap.shift(nameOf(reader, shift.dutyOfficer), spanOf(reader, shift)),
    );
    return say.swapped(by, one, other);
  }
  const [to, until] = [nameOf(reader, news.to), momentOf(reader, news.until)];
  const from = news.from && news.from !== news.by ? nameOf(reader, news.from) : undefined;
  if (news.do === 'takeOver') return from ? say.tookFrom(by, from, until) : say.took(by, until);
  return from ? say.handedFrom(by, from, to, until) : say.handed(by, to, until);
}

function personNews(reader: Reader, news: RotaNews, person: PersonId): string {
  const { done, news: say } = texts(reader.locale).dutyRota;
  if (news.do === 'swap') {
    const own = news.shifts.find(({ dutyOfficer }) => dutyOfficer === person);
    return own ? say.youHave(spanOf(reader, own)) : say.summary;
  }
  return news.to === person
    ? done.youHave(momentOf(reader, news.until))
    : say.youAreRelieved(nameOf(reader, news.to));
}

/** Why a change was not made, in words. */
export function rotaRefusal(reader: Reader, refusal: RotaRefusal): string {
  const { refused, nobody } = texts(reader.locale).dutyRota;
  switch (refusal.why) {
    case 'noNumber':
    case 'noRole':
    case 'alreadyOnDuty':
      return refused[refusal.why](nameOf(reader, refusal.person));
    case 'opensGap':
      return refused.opensGap(spanOf(reader, refusal));
    case 'nobodyOnDuty':
      return nobody;
    case 'noSuchDate':
      return refused.noSuchTime;
    case 'unknownPerson':
    case 'cycle':
    case 'overlaps':
    case 'endsBeforeItBegins':
    case 'noSuchTime':
    case 'noSuchShift':
    case 'samePerson':
      return refused[refusal.why];
    default:
      return refusal satisfies never;
  }
}

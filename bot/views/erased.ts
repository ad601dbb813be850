import { texts } from '../text/index.ts';
import { caseButtons, verbsOn } from './button.ts';
import { card, line } from './parts.ts';
import type { CaseCard, Face, Reader, View } from './view.ts';

/** What is left of a posted card when what people wrote has been deleted: the number, and that it is so. */
export function erased(reader: Reader, { face, incident, actor, nonce }: CaseCard & { face: Face }): View {
  const t = texts(reader.locale);
  const { id, erasedAt } = incident;
  return card('words', reader, {
    summary: t.erased.summary(id),
    title: id,
    lines: erasedAt ? [line(t.erased.at(t.time.moment(erasedAt)))] : [],
    buttons: caseButtons(reader, verbsOn(face, incident, actor), { incident, face, nonce }),
  });
}

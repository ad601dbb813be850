/** Every line of the seeds that concerns elected officials or their staff is in a checklist, or left out for a reason. */
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { parse } from 'yaml';
import { z } from 'zod';
import { readSources } from '../../bot/content/load.ts';
import type { ChecklistItem } from '../../bot/core/checklist.ts';
import { loaded } from './given.ts';

const trace = z
  .strictObject({
    citations: z.array(z.string()),
    found: z.record(z.string(), z.array(z.string()).min(1)),
    leftOut: z.record(z.string(), z.string().min(10)),
  })
  .parse(parse(readFileSync(new URL('trace.yaml', import.meta.url), 'utf8')));

const linesOf = (citation: string) => {
  const [, seed = '', from = '', to = from] = /^(S\d):(\d+)(?:-(\d+))?$/.exec(citation) ?? [];
  return { seed, from: Number(from), to: Number(to) };
};
/** Whether a source and a citation speak of the same line. */
const meets = (source: string, citation: string): boolean => {
  const [one, other] = [linesOf(source), linesOf(citation)];
  return one.seed !== '' && one.seed === other.seed && one.from <= other.to && other.from <= one.to;
};

describe('where the seeds went', () => {
  let items: Map<string, ChecklistItem>;
  before(async () => {
    const all = loaded(await readSources()).checklists.flatMap((list) => list.items);
    items = new Map(all.map((item) => [item.id, item]));
  });

  it('every citation has one row', () => {
    expect(trace.citations.length).to.equal(184);
    const rows = [...Object.keys(trace.found), ...Object.keys(trace.leftOut)];
    expect(rows.toSorted()).to.deep.equal(trace.citations.toSorted());
  });

  it('every item named exists, and says that it comes from that line', () => {
    for (const [citation, ids] of Object.entries(trace.found)) {
      for (const id of ids) {
        const source = items.get(id)?.source ?? [];
        expect(
          source.some((one) => meets(one, citation)),
          `${citation} in ${id}`,
        ).to.equal(true);
      }
    }
  });

  it('lines are told apart', () => {
    expect(meets('S2:87-88', 'S2:88')).to.equal(true);
    expect(meets('S2:87-88', 'S2:89')).to.equal(false);
    expect(meets('S4:88', 'S2:88')).to.equal(false);
    expect(meets('P22', 'S2:22')).to.equal(false);
  });
});

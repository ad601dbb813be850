import { createHmac } from 'node:crypto';
import { expect } from 'chai';
import { incidentNumbers, isIncidentId } from '../../bot/core/ids.ts';

const hmac = (text: string) => createHmac('sha256', 'key').update(text).digest();

describe('case numbers', () => {
  it('are eight for each operation, well formed, the same each time', () => {
    const numbers = incidentNumbers(hmac('one'), 2026);
    expect(numbers).to.have.length(8);
    expect(numbers.every(isIncidentId)).to.equal(true);
    expect(numbers[0]).to.match(/^H26-/);
    expect(incidentNumbers(hmac('one'), 2026)).to.deep.equal(numbers);
  });
  it('use the whole alphabet at every place, and no letter that can be misread', () => {
    const seen = Array.from({ length: 6 }, () => new Set<string>());
    for (let i = 0; i < 2_000; i++) {
      const [first = ''] = incidentNumbers(hmac(String(i)), 2026);
      for (const [place, letter] of [...first.slice(4).replace('-', '')].entries()) seen[place]?.add(letter);
    }
    expect(seen.map((letters) => letters.size)).to.deep.equal([32, 32, 32, 32, 32, 32]);
    expect(seen.some((letters) => [...'ILOU'].some((letter) => letters.has(letter)))).to.equal(false);
  });
  it('are told from anything else', () => {
    for (const text of [
      '',
      'H26-7KQ-4M',
      'h26-7kq-4mp',
      'H26-7KI-4MP',
      'H26-7KQ-4MP ',
      'X26-7KQ-4MP',
      'H26/7KQ/4MP',
    ]) {
      expect(isIncidentId(text), text).to.equal(false);
    }
  });
});

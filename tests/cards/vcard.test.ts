import { expect } from 'chai';
import fc from 'fast-check';
import { vcard } from '../../bot/views/index.ts';

const unfolded = (text: string): string[] => text.replaceAll('\r\n ', '').split('\r\n');
const row = { name: 'Växeln', number: '08-465 004 10', when: 'Du undrar något.', more: [] };

describe('a contact as a telephone saves it', () => {
  it('has the number as telephones dial it: from abroad where it can be, short numbers as they are', () => {
    const dialled = (number: string) => /TEL;TYPE=WORK,VOICE:(.+)\r/.exec(vcard({ ...row, number }))?.[1];
    expect(dialled('08-465 004 10')).to.equal('+46846500410');
    expect(dialled('+47 22 12 34 56')).to.equal('+4722123456');
    expect(dialled('114 14')).to.equal('11414');
    expect(dialled('112')).to.equal('112');
    expect(dialled('fråga i receptionen')).to.equal(undefined);
  });
  it('a person has first and last name, also one of three parts and one of one', () => {
    const named = (name: string) => unfolded(vcard({ ...row, name, title: 'Gruppledare' }))[2];
    expect(named('Anna Ek')).to.equal('N:Ek;Anna;;;');
    expect(named('Anna Lind Ek')).to.equal('N:Lind Ek;Anna;;;');
    expect(named('Anna')).to.equal('N:;Anna;;;');
  });
  it('nothing that is written in it becomes a line of its own, and no line is longer than 75 bytes', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.constantFrom('a\r\nTEL:+4670', 'b\nEND:VCARD', 'c\u2028TEL:1', ';;,\\n\\', '👩‍👩‍👧'.repeat(20)),
    );
    fc.assert(
      fc.property(hostile, hostile, hostile, (name, when, address) => {
        const text = vcard({ name, when, address, number: '112', more: [] });
        const keys = unfolded(text).map((line) => line.split(/[:;]/)[0]);
        expect(keys).to.deep.equal([
          ...['BEGIN', 'VERSION', 'N', 'FN', 'TEL'],
          ...(address ? ['ADR'] : []),
          ...['NOTE', 'END', ''],
        ]);
        for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).to.be.at.most(75);
        expect(text.replaceAll('\r\n', '')).not.to.match(/[\r\n]/);
      }),
    );
  });
});

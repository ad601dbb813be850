import { expect } from 'chai';
import { StorageRefused } from '../bot/features/ports.ts';
import { faultOf } from '../bot/log.ts';

describe('a log line', () => {
  it('says which error and where, never its message, which may quote what people wrote', () => {
    const fault = faultOf(new TypeError('cannot read ORD-c4f3'));
    expect(fault.name).to.equal('TypeError');
    expect(fault.at[0]).to.include('log.test.ts');
    expect(JSON.stringify(fault)).not.to.include('ORD-c4f3');
  });
  it('keeps the message of a storage fault, which holds statuses and keys only', () => {
    expect(faultOf(new StorageRefused('503')).name).to.equal('StorageRefused: 503');
  });
  it('takes anything that was thrown', () => {
    for (const thrown of [undefined, null, 'ORD-c4f3', { message: 'ORD-c4f3' }]) {
      expect(JSON.stringify(faultOf(thrown))).not.to.include('ORD-c4f3');
    }
  });
});

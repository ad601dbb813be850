import { byQuestion, type Proposal, type ProposalState, type Proposed, stateOf } from '../core/proposal.ts';
import { type Proposals, StorageRefused } from '../features/ports.ts';
import type { Keys } from './keys.ts';
import { contentOf, isNewer, key, keyAfter, rowOf, sealedColumns, sealedOf } from './rows.ts';
import { proposalPart, proposalRow, proposed } from './schemas.ts';
import { sealJson, unsealJson } from './seal.ts';
import type { StoredRow, Table } from './tables.ts';
import type { Operation, Row } from './transaction.ts';

const partitionKey = 'proposals';
/** Of a list, and of what is counted. */
const mostRows = 1_000;

/**
 * Proposals in table `proposals`: a row each, whose words and writer are sealed with a key of its own, and beside it,
 * written with it, a row in the list of its state and one in the talk it was made in.
 */
export function tableProposals(table: Table, keys: Keys, tenantId: string): Proposals {
  const placeOf = (id: string) => ({ partitionKey, rowKey: key('proposal', id) });
  const listKey = (state: ProposalState, { id }: Proposed) => key('list', state, id);
  const keyOf = (id: string) => keys.hmac(`proposal ${id}`);
  const sealPlace = (id: string) => [tenantId, 'proposal', id].join('|');
  /** Which talk it was is nobody's to read from a key. */
  const talkOf = (discussion: string) => Buffer.from(keys.hmac(`discussion ${discussion}`)).toString('hex');

  /** The row itself. */
  function rowFor(proposal: Proposal): Row {
    const { id, list, item, at, by, text, discussion, decision } = proposal;
    const sealed = sealJson(keyOf(id), { by, text, discussion, decision }, sealPlace(id));
    return rowOf(placeOf(id), { id, list, item, at, state: stateOf(proposal) }, sealedColumns(sealed));
  }

  return {
    async add(proposal) {
      const { id, list, item, at, discussion } = proposal;
      const where: Proposed = { id, list, item, at };
      const made = (rowKey: string) => rowOf({ partitionKey, rowKey }, where);
      // What is not stored is there already: its id is made of its words.
      await table.write([
        { do: 'insert', row: rowFor(proposal) },
        { do: 'insert', row: made(listKey(stateOf(proposal), where)) },
        { do: 'insert', row: made(key('talk', talkOf(discussion), id)) },
      ]);
    },

    async count(discussion) {
      const talk = talkOf(discussion);
      return (await table.list(partitionKey, key('talk', talk), keyAfter('talk', talk), mostRows)).length;
    },

    async list(state) {
      const rows = await table.list(partitionKey, key('list', state), keyAfter('list', state), mostRows);
      return rows.map((row) => contentOf(row, proposed)).sort(byQuestion);
    },

    async open(id) {
      const row = await table.get(partitionKey, placeOf(id).rowKey);
      return row && { ...opened(row, id), tag: row.etag };
    },

    async decide(id, decision, tag) {
      const row = await table.get(partitionKey, placeOf(id).rowKey);
      if (row?.etag !== tag) return 'conflict';
      if (isNewer(row))
        throw new StorageRefused(`${row.rowKey} is written by a newer version of this product`);
      const before = opened(row, id);
      const after = { ...before, decision };
      const where: Proposed = { id, list: before.list, item: before.item, at: before.at };
      const [from, to] = [stateOf(before), stateOf(after)].map((state) => listKey(state, where));
      const moved: Operation[] =
        from === to
          ? []
          : [
              { do: 'delete', row: { partitionKey, rowKey: from ?? '' }, etag: '*' },
              { do: 'upsert', row: rowOf({ partitionKey, rowKey: to ?? '' }, where) },
            ];
      const { stored } = await table.write([{ do: 'merge', row: rowFor(after), etag: tag }, ...moved]);
      return stored ? 'written' : 'conflict';
    },
  };

  function opened(row: StoredRow, id: string): Proposal {
    const { state: _state, ...where } = contentOf(row, proposalRow);
    const part = proposalPart.safeParse(unsealed(row, id));
    if (!part.success) throw new StorageRefused(`${row.rowKey} is not what this version can read`);
    const { list, item, at } = where;
    const { by, text, discussion, decision } = part.data;
    return { id, list, item, at, by, text, discussion, ...(decision && { decision }) };
  }

  function unsealed(row: StoredRow, id: string): unknown {
    try {
      return unsealJson(keyOf(id), sealedOf(row) ?? Buffer.alloc(0), sealPlace(id));
    } catch {
      throw new StorageRefused('a proposal does not open');
    }
  }
}

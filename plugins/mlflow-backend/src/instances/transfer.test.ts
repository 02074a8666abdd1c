import { testRecord } from '../__testUtils__/instances';
import { assertTransferable, keepers, transferred } from './transfer';

const person = (name: string) => ({ id: `id-${name}`, ref: `user:x/${name}` });
const [ann, bob, cat] = ['ann', 'bob', 'cat'].map(person);

describe('transferred', () => {
  const record = testRecord();

  it('gives the record another owner and a higher generation', () => {
    expect(transferred(record, 'group:default/team-b')).toEqual({
      ...record,
      generation: 2,
      spec: { ...record.spec, owner: 'group:default/team-b' },
    });
  });

  it('changes nothing when it is theirs already', () => {
    expect(transferred(record, record.spec.owner)).toBe(record);
  });
});

describe('assertTransferable', () => {
  it('takes only what is finished', () => {
    expect(() => assertTransferable(testRecord())).not.toThrow();
    expect(() =>
      assertTransferable(testRecord({}, { state: 'failed' })),
    ).toThrow(/lab\/churn is not finished \(failed\)\. Continue it or undo it/);
  });
});

describe('keepers', () => {
  it.each([
    [[], [], []],
    [[ann.id], [], ['user:x/ann as admin']],
    [[ann.id], [ann.id, bob.id], ['user:x/ann as admin', 'user:x/bob as user']],
    [[], [cat.id], []],
    [['1'], ['1', '2'], ['2 whom the catalog does not know']],
  ])('of admins %j and users %j: %j', (admins, users, said) => {
    const wanted = { admins: [], users: [cat] };
    expect(keepers({ admins, users }, wanted, [ann, bob])).toEqual(said);
  });
});

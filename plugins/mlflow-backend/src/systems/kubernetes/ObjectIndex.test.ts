import { ObjectIndex } from './ObjectIndex';

const object = (key: string, resourceVersion = '1') => {
  const [namespace, name] = key.split('/');
  return { metadata: { namespace, name, resourceVersion } };
};

const names = (objects: { metadata: { name: string } }[]) =>
  objects.map(({ metadata }) => metadata.name);

describe('ObjectIndex', () => {
  it('finds objects by key and by namespace', () => {
    const index = new ObjectIndex([object('a/1'), object('b/1')]);
    index.set(object('a/2'));
    index.set(object('a/1', '2'));

    expect([...index.all.keys()]).toEqual(['a/1', 'b/1', 'a/2']);
    expect(names(index.inNamespace('a'))).toEqual(['1', '2']);
    expect(index.inNamespace('a')[0].metadata.resourceVersion).toBe('2');
    expect(index.inNamespace('c')).toEqual([]);
  });

  it('forgets in both', () => {
    const index = new ObjectIndex([object('a/1'), object('a/2')]);
    index.delete('a/1');
    index.delete('a/9');

    expect([...index.all.keys()]).toEqual(['a/2']);
    expect(names(index.inNamespace('a'))).toEqual(['2']);
    index.delete('a/2');
    expect(index.inNamespace('a')).toEqual([]);
  });

  it('tells what is new, changed or gone', () => {
    const before = new ObjectIndex([
      object('a/same'),
      object('a/changed'),
      object('a/gone'),
    ]);
    const now = new ObjectIndex([
      object('a/same'),
      object('a/changed', '2'),
      object('a/new'),
    ]);

    expect(now.changedSince(before)).toEqual(['a/changed', 'a/gone', 'a/new']);
  });
});

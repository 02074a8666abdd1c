import {
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Context } from '../part.ts';
import { forgetInstance } from './forgetInstance.ts';
import { forgetOriginal } from './original.ts';

/** What a bench is about to make: noted before, so that the next one finds what a killed one left. */
interface Note {
  instances: string[];
  original: boolean;
}

const fileOf = ({ paths }: Context) => join(paths.state, 'bench', 'made.json');

function read(context: Context): Note {
  const file = fileOf(context);
  return existsSync(file)
    ? JSON.parse(readFileSync(file, 'utf8'))
    : { instances: [], original: false };
}

function write(context: Context, note: Note): void {
  const file = fileOf(context);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(file, JSON.stringify(note));
}

export function noteInstance(context: Context, name: string): void {
  const note = read(context);
  write(context, { ...note, instances: [...note.instances, name] });
}

export function noteOriginal(context: Context): void {
  write(context, { ...read(context), original: true });
}

/** Removes all that was noted. */
export async function removeMade(context: Context): Promise<void> {
  const note = read(context);
  for (const name of note.instances) {
    context.say(`removing instance ${name}`);
    await forgetInstance(context, name);
  }
  if (note.original) {
    context.say('removing the original');
    await forgetOriginal(context);
  }
  rmSync(fileOf(context), { force: true });
}

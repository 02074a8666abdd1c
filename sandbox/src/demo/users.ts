import { readFileSync } from 'node:fs';
import type { Paths } from '../paths.ts';

/** A user of the demo organisation. */
export interface DemoUser {
  role: string;
  username: string;
  password: string;
  groups: string[];
}

/** The user of a role: `owner`, `member`, `outsider` or `admin`. */
export function demoUser(paths: Paths, role: string): DemoUser {
  const users: DemoUser[] = JSON.parse(readFileSync(paths.users, 'utf8'));
  const user = users.find(candidate => candidate.role === role);
  if (!user) {
    throw new Error(`The demo organisation has no ${role} (${paths.users})`);
  }
  return user;
}

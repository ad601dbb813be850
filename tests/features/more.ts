/** People of roles that the local world has not. */
import { personId } from '../../bot/core/ids.ts';
import type { Role } from '../../bot/core/people.ts';
import type { World as People } from '../../bot/local/world.ts';
import { people } from '../world/instance.ts';

const also = (n: number, name: string, ...roles: Role[]): People['people'][number] => ({
  id: `29:local-user-${n}`,
  oid: personId(`00000000-0000-4000-8000-0000000000${n}`),
  name,
  email: `local-${n}@example.com`,
  number: `070-174 06 ${n}`,
  locale: 'sv',
  roles,
});

export const everybody: People = {
  ...people,
  people: [
    ...people.people,
    also(40, 'Hanna Fors', 'hr'),
    also(41, 'Dina Alm', 'auditor'),
    also(42, 'Adam Ros', 'admin'),
    also(43, 'Ingrid Moe', 'dutyOfficer'),
    also(44, 'Gunnar Sten', 'groupLeader'),
  ],
};

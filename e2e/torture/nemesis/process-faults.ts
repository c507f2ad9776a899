import { signal, type InstallationProcess } from '../world/processes.ts';
import type { World } from '../world/world.ts';
import { atOnce, type Fault } from './fault.ts';

const SUPERVISOR = 'ops/local';
/** Started and ended by those who start them; without a meaning of their own. */
const SHELLS = ['make', 'sh', 'bash', 'setpriv', 'bwrap'];

/** Faults of processes: they die, they stop for a while, the supervisor dies, nginx reads its configuration again. */
export const processFaults: readonly Fault[] = [
  {
    name: 'kill -9',
    weight: 10,
    async begin(world, random) {
      const found = await targets(world);
      if (found.length === 0) return undefined;
      const { pid, name } = random.pick(
        namesOf(found).map((each) => random.pick(found.filter((one) => one.name === each))),
      );
      if (!signal(pid, 'SIGKILL')) return undefined;
      return { ...atOnce(name), killed: name };
    },
  },
  {
    name: 'SIGSTOP',
    weight: 5,
    async begin(world, random) {
      const found = (await world.processes()).filter(({ name }) => !SHELLS.includes(name)); // the supervisor as well
      if (found.length === 0) return undefined;
      const { pid, name } = random.pick(found);
      if (!signal(pid, 'SIGSTOP')) return undefined;
      return { detail: name, seconds: random.between(1, 12), undo: () => void signal(pid, 'SIGCONT') };
    },
  },
  {
    name: 'kill -9 of the supervisor',
    weight: 2,
    async begin(world) {
      const supervisors = (await world.processes()).filter(({ name }) => name === SUPERVISOR);
      for (const { pid } of supervisors) signal(pid, 'SIGKILL');
      return { detail: SUPERVISOR, seconds: 1, undo: () => world.restart() };
    },
  },
  {
    name: 'nginx reload',
    weight: 2,
    async begin(world) {
      const [first] = (await world.processes())
        .filter(({ name }) => name === 'nginx')
        .toSorted((a, b) => a.pid - b.pid);
      return first && signal(first.pid, 'SIGHUP') ? atOnce('') : undefined;
    },
  },
];

async function targets(world: World): Promise<InstallationProcess[]> {
  return (await world.processes()).filter(({ name }) => name !== SUPERVISOR && !SHELLS.includes(name));
}

/** Each name once: there may be many processes of one program, and one of another. */
function namesOf(found: readonly InstallationProcess[]): string[] {
  return [...new Set(found.map(({ name }) => name))].toSorted();
}

import { z } from 'zod';
import { CertificateStatus, Message, NameStatus, Notice, Reachability } from './upkeep.ts';

/** The state of the parts, for the bot's `/stats` and notices, the owner's page, and `make doctor`. */
export const Health = z
  .object({
    status: z.enum(['ok', 'degraded']).meta({ description: 'Of the service itself; the public name does not count.' }),
    version: z.string(),
    checks: z.array(z.object({ name: z.string(), ok: z.boolean(), detail: z.string(), message: Message.optional() })),
    name: NameStatus.nullable().meta({ description: 'Null: the DDNS updater does not answer.' }),
    certificate: CertificateStatus.nullable().meta({ description: "Null: certbot's keeper does not answer." }),
    reachability: Reachability,
    notices: z.array(Notice),
  })
  .meta({ id: 'Health' });
export type Health = z.infer<typeof Health>;

/** Names of the health checks about what Linkcast maintains around the service. */
export const upkeepCheckNames = { name: 'public name', certificate: 'certificate', reachable: 'reachable' } as const;

/** The state of the service, and of all that it supervises. `status` is that of the service alone. */
export function isAllWell({ status, checks }: Pick<Health, 'status' | 'checks'>): boolean {
  return status === 'ok' && checks.every(({ ok }) => ok);
}

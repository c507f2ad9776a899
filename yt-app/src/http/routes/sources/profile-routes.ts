import { endpoints } from '@linkcast/contracts';
import type { ProfilesFile } from '../../../profiles/profiles-file.ts';
import type { EndpointBinder } from '../../endpoints/endpoint-binder.ts';

/** Binds the endpoints of the profiles of hosts. */
export function bindProfileRoutes(bind: EndpointBinder, profiles: Pick<ProfilesFile, 'read' | 'replace'>): void {
  bind.answer(endpoints.getProfiles, () => profiles.read());
  bind.answer(endpoints.replaceProfiles, ({ body }) => profiles.replace(body.text));
}

import type { Session } from '@linkcast/contracts';
import { personName } from '../../format/person-name.ts';
import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';
import { useRequest } from '../../connection/use-request.ts';
import { Icon } from '../ui/icon.tsx';
import { RequestRows } from './request-rows.tsx';

/** Lists the signed-in browsers: the person's own, for an owner those of everybody. Any but this one can be signed out. */
export function DeviceList() {
  const { account: words } = useTexts().site;
  const { account, toasts } = useStores();
  const sessions = useRequest(async () => (await account.listSessions()).sessions);
  const end = async (id: string) => {
    await account.endSession(id);
    await sessions.reload();
  };
  return (
    <RequestRows
      request={sessions}
      rowOf={(session) => (
        <DeviceRow key={session.id} session={session} onEnd={() => toasts.follow(end(session.id), words.ended)} />
      )}
    />
  );
}

function DeviceRow({ session, onEnd }: { readonly session: Session; readonly onEnd: () => void }) {
  const texts = useTexts();
  const { account: words } = texts.site;
  const { caller } = useStores();
  const { device, personId, seenAt, isCurrent } = session;
  const isMine = personId === caller.caller.value?.personId;
  return (
    <li class="row">
      <span class="row-icon">
        <Icon name="device" />
      </span>
      <div class="row-text">
        <strong>{device}</strong>
        <small>{isMine ? words.used(seenAt) : words.usedBy(personName(session, texts), seenAt)}</small>
      </div>
      {isCurrent ? (
        <span class="tag">{words.current}</span>
      ) : (
        <button type="button" class="button button-small" aria-label={words.signOutOf(device)} onClick={onEnd}>
          {words.signOut}
        </button>
      )}
    </li>
  );
}

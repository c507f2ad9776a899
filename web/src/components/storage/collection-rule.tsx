import { useState } from 'preact/hooks';
import { NO_RETENTION, type Collection, type RetentionRule, type RetentionScope } from '@linkcast/contracts';
import { useRequest } from '../../connection/use-request.ts';
import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';
import { ruleLine } from './rule-line.ts';
import { RuleDialog } from './rule-dialog.tsx';

/** The rule of deletion of a collection, for owners. */
export function CollectionRule({ collection: { id, title } }: { readonly collection: Collection }) {
  const { site } = useTexts();
  const { storage: words, collections } = site;
  const { storage, toasts } = useStores();
  const [isOpen, setOpen] = useState(false);
  const { value, reload } = useRequest(() => storage.getRetention());
  const scope: RetentionScope = { kind: 'collection', id };
  const rule = value?.rules.find((each) => each.scope.kind === 'collection' && each.scope.id === id)?.rule;
  const change = (changed: RetentionRule | null) => {
    toasts.follow(storage.patchRetention({ scope, rule: changed }).finally(reload), words.saved);
    setOpen(false);
  };
  if (!value) return null;
  return (
    <section class="people-section">
      <h2>{collections.rule}</h2>
      <div class="panel rows">
        <div class="row storage-row">
          <div class="row-text">
            <strong>{rule ? ruleLine(rule, true, site) : collections.noRule}</strong>
            <small>{collections.ruleHint}</small>
          </div>
          <div class="storage-buttons">
            <button
              type="button"
              class="button button-small"
              aria-label={words.changeTitle(title)}
              onClick={() => setOpen(true)}
            >
              {words.change}
            </button>
            {rule && (
              <button
                type="button"
                class="button button-small"
                aria-label={words.removeTitle(title)}
                onClick={() => change(null)}
              >
                {collections.removeRule}
              </button>
            )}
          </div>
        </div>
      </div>
      {isOpen && (
        <RuleDialog
          heading={collections.ruleHeading(title)}
          rule={rule ?? NO_RETENTION}
          isOfCollection
          onSave={change}
          onClose={() => setOpen(false)}
        />
      )}
    </section>
  );
}

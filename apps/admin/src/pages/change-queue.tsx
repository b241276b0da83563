import { useQueryClient } from '@tanstack/react-query';
import type { ChangeDecision, ChangeView } from '@um/product';
import { Button, IconShieldCheck, Select, useToast } from '@um/ui';
import { useState, type ReactElement } from 'react';
import { send } from '../api/api.js';
import { ChangeCard } from '../parts/change-card.js';
import { Listing, usePages } from '../parts/listing.js';
import { Filters, PanelPage } from '../parts/page.js';
import { ReasonDialog } from '../parts/reason-dialog.js';
import { useFailureToast } from '../state/failures.js';
import { useT } from '../state/language.js';

const states = ['waiting', 'approved', 'rejected', 'withdrawn'] as const satisfies ChangeView['state'][];

/** Changes of shared products that wait for a moderator, and those that were decided. */
export function ChangeQueue(): ReactElement {
  const t = useT();
  const words = t.market.changes;
  const [state, setState] = useState<ChangeView['state']>('waiting');
  const [refused, setRefused] = useState<ChangeView | null>(null);
  const pages = usePages<ChangeView>('change-queue', '/moderation/change-requests', { state });
  const decide = useDecide();
  const fail = useFailureToast();
  return (
    <PanelPage title={words.queue} lead={words.lead}>
      <Filters>
        <Select
          label={t.state}
          value={state}
          onChange={(event) => setState(event.currentTarget.value as ChangeView['state'])}
        >
          {states.map((name) => (
            <option key={name} value={name}>
              {words.states[name]}
            </option>
          ))}
        </Select>
      </Filters>
      <Listing pages={pages} empty={{ icon: IconShieldCheck, title: words.empty }}>
        {(changes) => (
          <ul className="flex flex-col gap-4">
            {changes.map((change) => (
              <li key={change.id}>
                <ChangeCard change={change}>
                  {change.state === 'waiting' && (
                    <>
                      <Button
                        disabled={change.stale}
                        onClick={() => void decide(change, { decision: 'approve' }).catch(fail)}
                      >
                        {words.approve}
                      </Button>
                      <Button kind="secondary" onClick={() => setRefused(change)}>
                        {words.reject}
                      </Button>
                    </>
                  )}
                </ChangeCard>
              </li>
            ))}
          </ul>
        )}
      </Listing>
      {refused && (
        <ReasonDialog
          title={words.rejectTitle}
          text={words.rejectText}
          action={words.reject}
          danger
          onClose={() => setRefused(null)}
          act={async (reason) => {
            await decide(refused, { decision: 'reject', reason });
            return true;
          }}
        />
      )}
    </PanelPage>
  );
}

/** Sends a decision and looks at the list again, whatever came of it. */
function useDecide(): (change: ChangeView, decision: ChangeDecision) => Promise<void> {
  const t = useT();
  const client = useQueryClient();
  const toast = useToast();
  return async (change, decision) => {
    try {
      await send('POST', `/moderation/change-requests/${change.id}/decision`, decision);
      toast.ok(decision.decision === 'approve' ? t.market.changes.approved : t.market.changes.rejected);
    } finally {
      void client.invalidateQueries({ queryKey: ['change-queue'] });
    }
  };
}

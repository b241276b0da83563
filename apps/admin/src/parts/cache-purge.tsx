import { useQueryClient } from '@tanstack/react-query';
import { useToast } from '@um/ui';
import type { ReactElement } from 'react';
import { send } from '../api/api.js';
import { useT } from '../state/language.js';
import { ReasonDialog } from './reason-dialog.js';

/** What is to be thrown away. */
export interface Purge {
  readonly everything?: boolean;
  readonly tags?: readonly string[];
  readonly keys?: readonly string[];
}

/** Asks for the reason, then throws away what was asked for, in every process. */
export function PurgeDialog({ purge, onClose }: { purge: Purge; onClose: () => void }): ReactElement {
  const { cache: words } = useT();
  const client = useQueryClient();
  const toast = useToast();
  const act = async (reason: string): Promise<boolean> => {
    const { told } = await send<{ told: boolean }>('POST', '/admin/cache/purge', { ...purge, reason });
    toast.ok(told ? words.purged : words.untold);
    await Promise.all(['cache', 'cache-keys'].map((key) => client.invalidateQueries({ queryKey: [key] })));
    return true;
  };
  const [tag] = purge.tags ?? [];
  const [key] = purge.keys ?? [];
  return (
    <ReasonDialog
      title={tag !== undefined ? words.purgeTag(tag) : key !== undefined ? words.purgeKey : `${words.purgeAll}?`}
      text={purge.everything ? `${words.purgeText} ${words.purgeAllText}` : words.purgeText}
      action={words.purge}
      danger
      act={act}
      onClose={onClose}
    >
      {key !== undefined && <code className="text-xs break-all">{key}</code>}
    </ReasonDialog>
  );
}
